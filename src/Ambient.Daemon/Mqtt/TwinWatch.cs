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
    private int _announcements;
    private long _lastSeen; // timestamp; 0 is never

    /// <summary>Where the marks are.</summary>
    public string Topic { get; } = topics.State("instance");

    /// <summary>The zone's id.</summary>
    public string Zone { get; } = topics.Zone;

    /// <summary>Whether another was seen in the last five minutes. Any thread.</summary>
    public bool IsThere => Interlocked.Read(ref _lastSeen) is not 0 and var seen && time.GetElapsedTime(seen) < Memory;

    /// <summary>Our own mark, about to be written.</summary>
    public ReadOnlySpan<byte> Announce()
    {
        _announcements++;
        return _mark;
    }

    /// <summary>Reads a mark.</summary>
    /// <param name="mark">As received.</param>
    /// <param name="isRetained">Kept by the broker: on the first connection it is that of an earlier run.</param>
    /// <returns>True when it is the first sight of another in five minutes: worth a line in the log.</returns>
    public bool Sees(ReadOnlySpan<byte> mark, bool isRetained)
    {
        if (mark.SequenceEqual(_mark) || (isRetained && _announcements < 2)) return false;
        bool isNews = !IsThere;
        Interlocked.Exchange(ref _lastSeen, Math.Max(1, time.GetTimestamp()));
        return isNews;
    }
}
