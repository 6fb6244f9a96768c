namespace Ambient.Daemon.Room;

/// <summary>One thing that moves the music.</summary>
/// <param name="Name">What: a context feature, the mood, the time of day.</param>
/// <param name="Value">Its value on its own scale.</param>
/// <param name="Weight">How strongly and in which direction it moves the music, -1..1.</param>
public sealed record WhyFactor(string Name, double Value, double Weight);
