namespace Ambient.Sensors.Fusion;

/// <summary>The light sensors of a room, compared with one another once a minute. Those that report more rarely are left alone.</summary>
internal sealed class LightPeers
{
    /// <summary>Others that must have moved; of two, one alone may be the liar.</summary>
    private const int Witnesses = 2;

    /// <summary>A minute, less what the clocks of sensors that report once in a minute may be off.</summary>
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(55);
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(2.5);

    private readonly List<LightPeer> _all = [];
    private readonly List<double> _moves = [];
    private DateTimeOffset _ended;

    /// <summary>One more.</summary>
    public void Add(LightPeer peer) => _all.Add(peer);

    /// <summary>Compares them when a minute is over.</summary>
    /// <param name="now">The moment.</param>
    public void Look(DateTimeOffset now)
    {
        if (now - _ended < Minute) return;
        bool isNext = now - _ended < Gap;
        _ended = now;
        _moves.Clear();
        foreach (LightPeer peer in _all)
        {
            peer.EndMinute(isNext);
            if (IsWitness(peer)) _moves.Add(peer.Move!.Value);
        }

        _moves.Sort();
        foreach (LightPeer peer in _all) peer.Compare(MedianWithout(peer));
    }

    private static bool IsWitness(LightPeer peer) => peer is { Move: not null, RunsAgainstOthers: false, IsStillAmongMoving: false };

    /// <summary>The median of the others; of an even number the smaller of the middle two, and 0 where those disagree.</summary>
    private double MedianWithout(LightPeer peer)
    {
        int self = IsWitness(peer) ? _moves.BinarySearch(peer.Move!.Value) : _moves.Count;
        int count = IsWitness(peer) ? _moves.Count - 1 : _moves.Count;
        if (count < Witnesses) return 0;
        (double low, double high) = (Other((count - 1) / 2), Other(count / 2));
        return low > 0 ? low : high < 0 ? high : 0;

        double Other(int index) => _moves[index < self ? index : index + 1];
    }
}
