namespace Ambient.Composer.Theory;

/// <summary>How low an interval may lie before it turns to mud.</summary>
/// <remarks>Lowest MIDI note of the lower tone per interval, an arranger's list converted to C4 = 60; the tritone is raised to 45.</remarks>
public static class LowIntervals
{
    // Unison, m2, M2, m3, M3, P4, TT, P5, m6, M6, m7, M7; octaves are free.
    private static readonly int[] LowestLower = [0, 52, 51, 48, 47, 45, 45, 37, 41, 41, 41, 41];

    /// <summary>Whether two pitches sound clear together; compound intervals count as the simple one an octave lower would, less strictly.</summary>
    public static bool IsClear(int pitch, int other)
    {
        int lower = Math.Min(pitch, other);
        int interval = Math.Abs(pitch - other);

        // Spread over more than an octave an interval is clear an octave lower than in close position.
        return lower >= LowestLower[interval % 12] - (interval > 12 ? 12 : 0);
    }
}
