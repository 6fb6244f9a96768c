namespace Ambient.Composer;

/// <summary>Which mood sounds.</summary>
/// <param name="Sounding">The mood that sounds, or the one that is being left.</param>
/// <param name="Target">The mood that comes, while gliding; else null.</param>
/// <param name="Progress">How far the glide is, 0..1; 1 when none.</param>
public readonly record struct MoodStatus(string Sounding, string? Target, double Progress);
