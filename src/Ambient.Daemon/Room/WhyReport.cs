namespace Ambient.Daemon.Room;

/// <summary>Why the room sounds as it does, in words and in numbers.</summary>
/// <param name="Text">One sentence for people.</param>
/// <param name="Factors">What moved the music, strongest first.</param>
public sealed record WhyReport(string Text, IReadOnlyList<WhyFactor> Factors);
