namespace Ambient.Synth.Outputs;

/// <summary>Samples of 24 bits in three bytes, as WAV files and USB cards have them: little-endian, the bus to its last bit.</summary>
internal static class Packed24
{
    /// <summary>Bytes of one sample.</summary>
    public const int BytesPerSample = 3;

    /// <summary>Packs Q31, rounded; saturates.</summary>
    /// <param name="wideQ31">Samples.</param>
    /// <param name="packed">Overwritten; at least three bytes for each.</param>
    public static void Write(ReadOnlySpan<int> wideQ31, Span<byte> packed)
    {
        for (int i = 0; i < wideQ31.Length; i++)
        {
            int sampleQ23 = (int)Math.Min((wideQ31[i] + 128L) >> 8, (1 << 23) - 1);
            packed[3 * i] = unchecked((byte)sampleQ23);
            packed[3 * i + 1] = unchecked((byte)(sampleQ23 >> 8));
            packed[3 * i + 2] = unchecked((byte)(sampleQ23 >> 16));
        }
    }
}
