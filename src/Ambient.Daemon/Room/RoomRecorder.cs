using System.Threading.Channels;
using Ambient.Daemon.Configuration;
using Ambient.Sensors;
using Ambient.Sensors.Recordings;

namespace Ambient.Daemon.Room;

/// <summary>Takes readings and contexts from the composer thread and writes them on a task of its own, so that a slow disk holds nobody up.</summary>
internal sealed class RoomRecorder : IAsyncDisposable
{
    /// <summary>A minute of 500 sensors at 1 Hz; what a disk that hangs for longer misses is counted.</summary>
    private const int Capacity = 32_768;

    private static readonly TimeSpan FlushedEvery = TimeSpan.FromMinutes(1);

    private readonly Channel<(Reading Reading, ContextVector? Context)> _queue;
    private readonly Task _work;
    private volatile string? _fault;
    private long _missed;

    private RoomRecorder(TraceFolder folder)
    {
        _queue = Channel.CreateBounded<(Reading, ContextVector?)>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Interlocked.Increment(ref _missed));
        _work = Task.Run(() => WriteAsync(folder));
    }

    /// <summary>What is wrong, for people; null when nothing is.</summary>
    public string? Fault => _fault ?? (Interlocked.Read(ref _missed) is > 0 and var missed ? $"The recording misses {missed} readings: the disk is too slow" : null);

    /// <summary>Begins to record; null where the configuration does not want it.</summary>
    /// <param name="config">The daemon's configuration.</param>
    /// <param name="fault">Why nothing is recorded although it should be; null when all is well.</param>
    public static RoomRecorder? Open(AmbientConfig config, out string? fault)
    {
        fault = null;
        if (!config.Recording.Enabled) return null;
        string folder = config.ResolveRecordingDirectory();
        try
        {
            return new RoomRecorder(new TraceFolder(folder, config.Zone.Id, config.Recording.LargestMb * 1_000_000L));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = $"Nothing is recorded: folder '{folder}' can't be used: {problem.Message}";
            return null;
        }
    }

    /// <summary>A reading that fusion was given.</summary>
    public void Take(in Reading reading) => _queue.Writer.TryWrite((reading, null));

    /// <summary>What fusion made of it.</summary>
    public void Take(ContextVector context) => _queue.Writer.TryWrite((default, context));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _work;
    }

    private async Task WriteAsync(TraceFolder folder)
    {
        try
        {
            using (folder)
            {
                DateTimeOffset flushed = default;
                await foreach ((Reading reading, ContextVector? context) in _queue.Reader.ReadAllAsync())
                {
                    if (context is null) folder.Write(reading);
                    else folder.Write(context);
                    if (context is null || context.Time - flushed < FlushedEvery) continue;
                    folder.Flush();
                    flushed = context.Time;
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _fault = $"Recording has stopped: {problem.Message}";
            _queue.Writer.TryComplete();
        }
    }
}
