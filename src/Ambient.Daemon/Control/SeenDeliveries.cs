namespace Ambient.Daemon.Control;

/// <summary>Which commands were carried out, so that one that comes twice is carried out once: a second time it would undo what came after it, and an override would last longer.</summary>
/// <remarks>Not thread-safe. Kept with the state, for a broker brings again what it sent just before either end was killed.</remarks>
internal sealed class SeenDeliveries
{
    private const int Most = 64; // more than a broker has under way to us

    private readonly Queue<string> _marks = new();

    /// <summary>The marks, oldest first.</summary>
    public IReadOnlyList<string> Marks => [.. _marks];

    /// <summary>Whether this very message was carried out before.</summary>
    public bool IsRepeat(Delivery? delivery) => delivery is { MayRepeat: true } copy && _marks.Contains(copy.Mark);

    /// <summary>Remembers a message.</summary>
    public void Add(Delivery? delivery)
    {
        if (delivery is { } copy) Add(copy.Mark);
    }

    /// <summary>Remembers a mark.</summary>
    public void Add(string mark)
    {
        _marks.Enqueue(mark);
        if (_marks.Count > Most) _marks.Dequeue();
    }
}
