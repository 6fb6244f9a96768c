using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ambient.Synth.Arithmetic.Lanes;

/// <summary>How many lanes kernels use. Every width gives the same bits, so only speed hangs on it.</summary>
internal static class LaneWidth
{
    /// <summary>What this processor is fastest with: 8, 4 or 1.</summary>
    public static int Best { get; } = Avx2.IsSupported ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>What is used: <see cref="Best"/>, unless a test asks for a narrower one.</summary>
    public static int Current { get; set; } = Best;
}
