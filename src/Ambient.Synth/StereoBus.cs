namespace Ambient.Synth;

/// <summary>Two channels that instruments and effects add to.</summary>
/// <param name="Left">Q8.23 samples, shape [64].</param>
/// <param name="Right">Q8.23 samples, shape [64].</param>
internal readonly record struct StereoBus(int[] Left, int[] Right)
{
    /// <summary>A silent bus of one segment.</summary>
    public static StereoBus Silent() => new(new int[SynthEngine.SegmentFrames], new int[SynthEngine.SegmentFrames]);

    /// <summary>Empties the first frames.</summary>
    public void Clear(int frames)
    {
        Array.Clear(Left, 0, frames);
        Array.Clear(Right, 0, frames);
    }
}
