using System.Runtime.InteropServices;

namespace Ambient.Bindings.Alsa;

/// <summary>Hardware and software parameters, <c>snd_pcm_hw_params_*</c> and <c>snd_pcm_sw_params_*</c>.</summary>
public static unsafe partial class PcmSetup
{
    private const string Library = "libasound.so.2";
    private const int AccessInterleaved = 3; // SND_PCM_ACCESS_RW_INTERLEAVED

    /// <summary>Agrees with the device on interleaved frames, as near to the wanted shape as it can.</summary>
    /// <param name="pcm">An open PCM.</param>
    /// <param name="wanted">What is asked for; its format only where none of <paramref name="formats"/> is to be had.</param>
    /// <param name="formats">Formats, the best first.</param>
    /// <returns>The shape agreed on. Rate and channels are exact or refused.</returns>
    /// <exception cref="AlsaException">The device cannot do it; names the function.</exception>
    public static PcmShape SetHardware(PcmHandle pcm, PcmShape wanted, params ReadOnlySpan<PcmFormat> formats)
    {
        AlsaException.ThrowIfError(snd_pcm_hw_params_malloc(out nint parameters), nameof(snd_pcm_hw_params_malloc));
        try
        {
            PcmFormat format = wanted.Format;
            nuint period = (nuint)wanted.PeriodFrames;
            nuint buffer = (nuint)wanted.BufferFrames;
            AlsaException.ThrowIfError(snd_pcm_hw_params_any(pcm, parameters), nameof(snd_pcm_hw_params_any));
            AlsaException.ThrowIfError(snd_pcm_hw_params_set_access(pcm, parameters, AccessInterleaved), nameof(snd_pcm_hw_params_set_access));
            foreach (PcmFormat better in formats)
            {
                if (snd_pcm_hw_params_test_format(pcm, parameters, better) < 0) continue;
                format = better;
                break;
            }

            AlsaException.ThrowIfError(snd_pcm_hw_params_set_format(pcm, parameters, format), nameof(snd_pcm_hw_params_set_format));
            AlsaException.ThrowIfError(snd_pcm_hw_params_set_channels(pcm, parameters, (uint)wanted.Channels), nameof(snd_pcm_hw_params_set_channels));
            AlsaException.ThrowIfError(snd_pcm_hw_params_set_rate(pcm, parameters, (uint)wanted.RateHz, 0), nameof(snd_pcm_hw_params_set_rate));
            AlsaException.ThrowIfError(snd_pcm_hw_params_set_period_size_near(pcm, parameters, ref period, 0), nameof(snd_pcm_hw_params_set_period_size_near));
            AlsaException.ThrowIfError(snd_pcm_hw_params_set_buffer_size_near(pcm, parameters, ref buffer), nameof(snd_pcm_hw_params_set_buffer_size_near));
            AlsaException.ThrowIfError(snd_pcm_hw_params(pcm, parameters), nameof(snd_pcm_hw_params));
            return wanted with { Format = format, PeriodFrames = (int)period, BufferFrames = (int)buffer };
        }
        finally
        {
            snd_pcm_hw_params_free(parameters);
        }
    }

    /// <summary>Sets when the stream starts by itself and when a waiting application is woken.</summary>
    /// <param name="pcm">A PCM whose hardware parameters are set.</param>
    /// <param name="startFrames">Frames in the buffer that start playback.</param>
    /// <param name="wakeFrames">Room or data, in frames, that wakes a waiting application.</param>
    /// <exception cref="AlsaException">The device refuses; names the function.</exception>
    public static void SetSoftware(PcmHandle pcm, int startFrames, int wakeFrames)
    {
        AlsaException.ThrowIfError(snd_pcm_sw_params_malloc(out nint parameters), nameof(snd_pcm_sw_params_malloc));
        try
        {
            AlsaException.ThrowIfError(snd_pcm_sw_params_current(pcm, parameters), nameof(snd_pcm_sw_params_current));
            AlsaException.ThrowIfError(snd_pcm_sw_params_set_start_threshold(pcm, parameters, (nuint)startFrames), nameof(snd_pcm_sw_params_set_start_threshold));
            AlsaException.ThrowIfError(snd_pcm_sw_params_set_avail_min(pcm, parameters, (nuint)wakeFrames), nameof(snd_pcm_sw_params_set_avail_min));
            AlsaException.ThrowIfError(snd_pcm_sw_params(pcm, parameters), nameof(snd_pcm_sw_params));
        }
        finally
        {
            snd_pcm_sw_params_free(parameters);
        }
    }

    /// <summary>The chain of plugins behind a PCM in libasound's words, as <c>aplay -v</c> prints it.</summary>
    /// <exception cref="AlsaException">No memory for the text.</exception>
    public static string Describe(PcmHandle pcm)
    {
        AlsaException.ThrowIfError(snd_output_buffer_open(out nint output), nameof(snd_output_buffer_open));
        try
        {
            AlsaException.ThrowIfError(snd_pcm_dump(pcm, output), nameof(snd_pcm_dump));
            nuint length = snd_output_buffer_string(output, out nint text);
            return Marshal.PtrToStringUTF8(text, (int)length);
        }
        finally
        {
            _ = snd_output_close(output); // a memory buffer: closing it cannot fail in a way that matters
        }
    }

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_malloc(out nint parameters);

    [LibraryImport(Library)]
    private static partial void snd_pcm_hw_params_free(nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_any(PcmHandle pcm, nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_access(PcmHandle pcm, nint parameters, int access);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_format(PcmHandle pcm, nint parameters, PcmFormat format);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_test_format(PcmHandle pcm, nint parameters, PcmFormat format);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_channels(PcmHandle pcm, nint parameters, uint channels);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_rate(PcmHandle pcm, nint parameters, uint rateHz, int direction);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_period_size_near(PcmHandle pcm, nint parameters, ref nuint frames, nint direction);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params_set_buffer_size_near(PcmHandle pcm, nint parameters, ref nuint frames);

    [LibraryImport(Library)]
    private static partial int snd_pcm_hw_params(PcmHandle pcm, nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_pcm_sw_params_malloc(out nint parameters);

    [LibraryImport(Library)]
    private static partial void snd_pcm_sw_params_free(nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_pcm_sw_params_current(PcmHandle pcm, nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_pcm_sw_params_set_start_threshold(PcmHandle pcm, nint parameters, nuint frames);

    [LibraryImport(Library)]
    private static partial int snd_pcm_sw_params_set_avail_min(PcmHandle pcm, nint parameters, nuint frames);

    [LibraryImport(Library)]
    private static partial int snd_pcm_sw_params(PcmHandle pcm, nint parameters);

    [LibraryImport(Library)]
    private static partial int snd_output_buffer_open(out nint output);

    [LibraryImport(Library)]
    private static partial int snd_output_close(nint output);

    [LibraryImport(Library)]
    private static partial nuint snd_output_buffer_string(nint output, out nint text);

    [LibraryImport(Library)]
    private static partial int snd_pcm_dump(PcmHandle pcm, nint output);
}
