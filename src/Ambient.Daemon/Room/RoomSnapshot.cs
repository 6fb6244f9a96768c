using Ambient.Daemon.Control;
using Ambient.Sensors;

namespace Ambient.Daemon.Room;

/// <summary>All that can be said about the room at one moment: what MQTT and the console show. Immutable; a new one every 0.25 to 1 s.</summary>
public sealed record RoomSnapshot
{
    /// <summary>When, by the clock that drives the daemon, with the site's offset.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The zone's id.</summary>
    public string Zone { get; init; } = "";

    /// <summary>What the room should sound like, and because of whom.</summary>
    public required EffectiveState Effective { get; init; }

    /// <summary>The mood that is heard now.</summary>
    public string Mood { get; init; } = "";

    /// <summary>The mood that the music is gliding to; null while it does not.</summary>
    public string? MoodTarget { get; init; }

    /// <summary>What the sensors say.</summary>
    public ContextVector Context { get; init; } = ContextVector.Neutral;

    /// <summary>Why it sounds as it does.</summary>
    public WhyReport Why { get; init; } = new("", []);

    /// <summary>What is being played.</summary>
    public ScoreReport Score { get; init; } = new();

    /// <summary>How the daemon is doing.</summary>
    public DiagReport Diag { get; init; } = new();

    /// <summary>What is wrong, one line each for people; empty when all is well.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];
}
