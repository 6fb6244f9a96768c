using System.Text;

namespace Ambient.Daemon.Mqtt;

/// <summary>Notices a second daemon with the same zone: both would publish its state and obey its commands.</summary>
/// <remarks>
/// Each run writes a mark of its own, retained, to <c>…/instance</c>. Whoever reads another mark there after it has written its own is not alone.
/// It works with any broker: a session's takeover is told to its loser by few.
/// </remarks>
internal sealed class TwinWatch(MqttTopics topics, TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(5);

    private readonly byte[] _mark = Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N"));
    private bool _hasSeenOwn;
    private long _lastKept; // timestamps; 0 is never
    private long _lastSeen;

    /// <summary>Where the marks are.</summary>
    public string Topic { get; } = topics.State("instance");

    /// <summary>The zone's id.</summary>
    public string Zone { get; } = topics.Zone;

    /// <summary>Whether another was seen in the last five minutes. Any thread.</summary>
    public bool IsThere => IsRecent(Interlocked.Read(ref _lastSeen));

    /// <summary>What to write, retained, after each connect.</summary>
    public ReadOnlySpan<byte> Mark => _mark;

    /// <summary>Reads a mark.</summary>
    /// <param name="mark">As received.</param>
    /// <param name="isRetained">Kept by the broker.</param>
    /// <returns>True when it is the first sight of another in five minutes: worth a line in the log.</returns>
    public bool Sees(ReadOnlySpan<byte> mark, bool isRetained)
    {
        if (mark.SequenceEqual(_mark))
        {
            _hasSeenOwn = true;
            return false;
        }

        // Until our own has come round, whatever comes was kept or queued for an earlier run of ours.
        if (!_hasSeenOwn) return false;
        long now = Math.Max(1, time.GetTimestamp());

        // A broker that was killed may bring an old mark back, once. Two daemons that throw each other out leave theirs every time.
        if (isRetained && !IsRecent(Interlocked.Exchange(ref _lastKept, now))) return false;
        bool isNews = !IsThere;
        Interlocked.Exchange(ref _lastSeen, now);
        return isNews;
    }

    private bool IsRecent(long timestamp) => timestamp != 0 && time.GetElapsedTime(timestamp) < Memory;
}
