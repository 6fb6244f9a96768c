using Ambient.Daemon.Cli;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Recordings;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>The room of an offline render: held still, or a recording that runs through fusion.</summary>
internal sealed class RenderContext
{
    private readonly ContextVector _still = ContextVector.Neutral;
    private readonly DateTimeOffset _start;
    private readonly ContextFusion? _fusion;
    private readonly Queue<IReadOnlyList<Reading>> _moments = new();
    private readonly bool _isMarked;

    /// <summary>A room that stays as it is.</summary>
    /// <param name="start">Time at frame 0.</param>
    /// <param name="occupancy">Held at 0..1; null for a room of which nothing is known.</param>
    public RenderContext(DateTimeOffset start, double? occupancy)
    {
        _start = start;
        if (occupancy is not { } held) return;
        if (held is not (>= 0 and <= 1)) throw new CliException(ExitCodes.Usage, $"--occupancy is {held}; allowed: 0..1");
        _still = InUse(held);
    }

    /// <summary>A room that is so far in use, with what usually goes along.</summary>
    /// <param name="occupancy">0..1.</param>
    public static ContextVector InUse(double occupancy) =>
        ContextVector.Neutral with { Occupancy = occupancy, IsOccupied = occupancy > 0.5, Density = 0.6 * occupancy, Activity = 0.5 * occupancy, Confidence = 1 };

    /// <summary>A recorded room; its first reading is at frame 0.</summary>
    /// <param name="trace">Readings in the format <c>ambient</c>.</param>
    /// <param name="calibration">That room's own numbers for fusion; null for the defaults.</param>
    /// <exception cref="CliException">The trace can't be read.</exception>
    public RenderContext(FileInfo trace, Calibration? calibration)
    {
        try
        {
            foreach (IReadOnlyList<Reading> moment in Recording.Read(trace.FullName, new AmbientTrace())) _moments.Enqueue(moment);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read trace '{trace}': {problem.Message}");
        }

        if (_moments.Count == 0) throw new CliException(ExitCodes.NoInput, $"Trace '{trace}' holds no reading");
        _start = _moments.Peek()[0].Time;
        _isMarked = _moments.Peek()[0].Quantity == Quantity.Context;
        _fusion = new ContextFusion(calibration: calibration);
    }

    /// <summary>The room at a frame; frames never go back.</summary>
    public ContextVector At(long frame)
    {
        DateTimeOffset now = _start.AddSeconds((double)frame / SynthEngine.SampleRateHz);
        if (_fusion is null) return _still with { Time = now };
        while (_moments.TryPeek(out IReadOnlyList<Reading>? next) && next[0].Time <= now)
        {
            foreach (Reading reading in _moments.Dequeue()) _fusion.Add(reading);
            if (_isMarked) _fusion.Fuse(next[0].Time); // when the daemon did, so that its contexts come out again
        }

        return _isMarked ? _fusion.Current with { Time = now } : _fusion.Fuse(now);
    }
}
