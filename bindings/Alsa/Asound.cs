using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ambient.Bindings.Alsa;

/// <summary>libasound.so.2 as it is: names, arguments and return codes of <c>alsa/pcm.h</c>, <c>alsa/control.h</c>, <c>alsa/error.h</c>.</summary>
/// <remarks>Codes are 0 or a count when good, a negative errno when not. None of these allocates managed memory, except where strings go in.</remarks>
public static unsafe partial class Asound
{
    /// <summary>-EINTR: a signal came; call again.</summary>
    public const int Interrupted = -4;

    /// <summary>-EIO: the sound server or the bus is gone.</summary>
    public const int InputOutputError = -5;

    /// <summary>-EAGAIN: no room now.</summary>
    public const int TryAgain = -11;

    /// <summary>-ENODEV: the device was unplugged.</summary>
    public const int NoDevice = -19;

    /// <summary>-EINVAL: not in this format, rate or number of channels.</summary>
    public const int InvalidArgument = -22;

    /// <summary>-EPIPE: the buffer ran dry or over; prepare and go on.</summary>
    public const int Xrun = -32;

    /// <summary>-ESTRPIPE: the system slept; resume or prepare.</summary>
    public const int Suspended = -86;

    /// <summary>SND_PCM_STATE_SUSPENDED: the system slept and the stream has not gone on.</summary>
    public const int StateSuspended = 7;

    /// <summary>Open mode SND_PCM_NONBLOCK: calls return -EAGAIN instead of waiting.</summary>
    public const int NonBlocking = 1;

    private const string Library = "libasound.so.2";

    /// <summary>Opens a PCM by its ALSA name.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int snd_pcm_open(out PcmHandle pcm, string name, PcmDirection stream, int mode);

    /// <summary>Switches between waiting (0) and returning -EAGAIN (1).</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_nonblock(PcmHandle pcm, int nonBlocking);

    /// <summary>Plays or records what is in the buffer, then stops; blocks.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_drain(PcmHandle pcm);

    /// <summary>Stops at once and drops what is in the buffer.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_drop(PcmHandle pcm);

    /// <summary>Makes ready to start, also after an xrun.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_prepare(PcmHandle pcm);

    /// <summary>Starts the stream by hand.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_start(PcmHandle pcm);

    /// <summary>Goes on after the system slept; -EAGAIN while it still wakes.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_resume(PcmHandle pcm);

    /// <summary>State of the stream, <c>snd_pcm_state_t</c>.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_state(PcmHandle pcm);

    /// <summary>Recovers from -EINTR, -EPIPE and -ESTRPIPE; other codes come back unchanged.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_recover(PcmHandle pcm, int err, int silent);

    /// <summary>Waits until there is room or data: 1 ready, 0 timed out.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_wait(PcmHandle pcm, int timeoutMs);

    /// <summary>Frames between the application's end and the converter.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_delay(PcmHandle pcm, out nint frames);

    /// <summary>Frames that can be written or read without waiting.</summary>
    [LibraryImport(Library)]
    public static partial nint snd_pcm_avail(PcmHandle pcm);

    /// <summary>Frames that could be taken back.</summary>
    [LibraryImport(Library)]
    public static partial nint snd_pcm_rewindable(PcmHandle pcm);

    /// <summary>Takes frames back that were written but not yet played.</summary>
    [LibraryImport(Library)]
    public static partial nint snd_pcm_rewind(PcmHandle pcm, nuint frames);

    /// <summary>Writes frames in the format agreed on; returns how many went in.</summary>
    [LibraryImport(Library)]
    public static partial nint snd_pcm_writei(PcmHandle pcm, void* interleaved, nuint frames);

    /// <summary>Reads frames in the format agreed on; returns how many came out.</summary>
    [LibraryImport(Library)]
    public static partial nint snd_pcm_readi(PcmHandle pcm, void* interleaved, nuint frames);

    /// <summary>Kind of the outermost plugin, <c>snd_pcm_type_t</c>.</summary>
    [LibraryImport(Library)]
    public static partial int snd_pcm_type(PcmHandle pcm);

    /// <summary>The next card after <paramref name="card"/>, -1 to begin and at the end.</summary>
    [LibraryImport(Library)]
    public static partial int snd_card_next(ref int card);

    /// <summary>What libasound says about a code.</summary>
    public static string Text(int code) => Marshal.PtrToStringUTF8(snd_strerror(code)) ?? $"error {code}";

    /// <summary>Stops libasound from printing to stderr on its own; its codes are reported by who called it.</summary>
    public static void Silence() => _ = snd_lib_error_set_handler(&Ignore); // always 0

    /// <summary>The sound cards by number and name, in ALSA's order; empty without any.</summary>
    public static IReadOnlyList<(int Number, string Name)> Cards()
    {
        var cards = new List<(int, string)>();
        for (int card = -1; snd_card_next(ref card) == 0 && card >= 0;)
        {
            if (snd_card_get_name(card, out nint name) < 0) continue;
            cards.Add((card, Marshal.PtrToStringUTF8(name) ?? string.Empty));
            NativeMemory.Free((void*)name);
        }

        return cards;
    }

    [LibraryImport(Library)]
    internal static partial int snd_pcm_close(nint pcm);

    [LibraryImport(Library)]
    private static partial nint snd_strerror(int code);

    [LibraryImport(Library)]
    private static partial int snd_card_get_name(int card, out nint name);

    [LibraryImport(Library)]
    private static partial int snd_lib_error_set_handler(delegate* unmanaged[Cdecl]<nint, int, nint, int, nint, void> handler);

    // The real handler takes more arguments after the format; ignoring them is fine where the caller cleans up.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint file, int line, nint function, int code, nint format)
    {
        // Nothing: every code also comes back to the caller, who reports it.
    }
}
