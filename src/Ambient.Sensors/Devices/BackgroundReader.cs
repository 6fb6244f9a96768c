using System.Threading.Channels;

namespace Ambient.Sensors.Devices;

/// <summary>Runs a reader that blocks on a thread of its own, and hands over what it reads.</summary>
internal static class BackgroundReader
{
    private const int Capacity = 256;

    /// <summary>How long a reader may block before it looks whether it shall stop.</summary>
    public const int PatienceMs = 200;

    /// <summary>What <paramref name="read"/> writes, until it returns, throws an <see cref="IOException"/>, or is told to stop.</summary>
    /// <param name="name">Name of the sensor and the thread.</param>
    /// <param name="group">Which group may use the device, for the message where the kernel refuses.</param>
    /// <param name="read">Reads until it is told to stop.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<Reading> Run(
        string name, string group, Action<ChannelWriter<Reading>, CancellationToken> read, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var readings = Channel.CreateBounded<Reading>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        CancellationToken stopping = stop.Token;
        var thread = new Thread(() =>
        {
            try
            {
                read(readings.Writer, stopping);
                readings.Writer.Complete();
            }
            catch (IOException problem)
            {
                readings.Writer.Complete(Permission.Explain(problem, group));
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        try
        {
            await foreach (Reading reading in readings.Reader.ReadAllAsync(cancellation).ConfigureAwait(false)) yield return reading;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            thread.Join();
        }
    }
}
