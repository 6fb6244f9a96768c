using System.Runtime.InteropServices;

namespace Ambient.Bindings.Linux;

/// <summary>What the kernel thinks of its own clock: adjtimex(2).</summary>
public static unsafe partial class KernelClock
{
    private const int TimeError = 5; // TIME_ERROR: STA_UNSYNC is set
    private const int TimexBytes = 256; // struct timex has 208 bytes on 64-bit, less elsewhere

    /// <summary>Whether somebody (timesyncd, chrony, ntpd) keeps the clock right; null where the kernel won't say, as in some containers.</summary>
    public static bool? IsSynchronised()
    {
        byte* timex = stackalloc byte[TimexBytes]; // zeroed; modes = 0 only reads
        int state = Adjust(timex);
        return state < 0 ? null : state != TimeError;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(byte* timex);
}
