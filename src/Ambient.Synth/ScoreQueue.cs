using System.Diagnostics.CodeAnalysis;

namespace Ambient.Synth;

/// <summary>The only way from the composer's thread to the audio thread.</summary>
/// <param name="capacity">Events it holds at least; 3 s of the densest mood are below 200.</param>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, and the word says so; nobody expects System.Collections.Queue here.")]
public sealed class ScoreQueue(int capacity = ScoreQueue.DefaultCapacity) : IScoreSink
{
    /// <summary>Default capacity, events.</summary>
    public const int DefaultCapacity = 1_024;

    private readonly SpscQueue<ScoreEvent> _events = new(capacity);

    /// <summary>Events waiting for the audio thread.</summary>
    public int Count => _events.Count;

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent) => _events.TryAdd(scoreEvent);

    /// <summary>Takes the oldest event. Audio thread only.</summary>
    public bool TryTake(out ScoreEvent scoreEvent) => _events.TryTake(out scoreEvent);
}
