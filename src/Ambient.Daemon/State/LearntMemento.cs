using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.State;

/// <summary>What a room has been found to be like, as kept in the state folder: losing it costs minutes of learning, nothing else.</summary>
/// <param name="Moods">How far a mood's A-weighted level lies above its loudness, by mood.</param>
/// <param name="Sensors">How far single sensors are to be believed; null in files of before.</param>
public sealed record LearntMemento(IReadOnlyDictionary<string, LearntOffset> Moods, IReadOnlyList<LearntSource>? Sensors = null);

/// <summary>One mood's offset.</summary>
/// <param name="Db">dB(A) above LUFS.</param>
/// <param name="Seconds">Of how much music, fading with half an hour.</param>
public sealed record LearntOffset(double Db, double Seconds);
