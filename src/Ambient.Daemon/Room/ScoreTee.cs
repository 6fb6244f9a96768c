using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>Two sinks for one score: what the first takes, the second gets too.</summary>
internal sealed class ScoreTee(IScoreSink first, IScoreSink second) : IScoreSink
{
    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent) => first.TryAdd(scoreEvent) && second.TryAdd(scoreEvent);
}
