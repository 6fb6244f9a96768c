namespace Ambient.Composer;

/// <summary>Time as the synthesiser counts it.</summary>
internal static class Frames
{
    /// <summary>48 kHz, the engine's only rate.</summary>
    public const int PerSecond = 48_000;

    /// <summary>Nearest frame to a time.</summary>
    public static long Of(double seconds) => (long)Math.Round(seconds * PerSecond);
}
