using System.Globalization;
using Ambient.Bindings.Alsa;

namespace Ambient.Synth.Outputs;

/// <summary>A sound card, or whatever else an ALSA name leads to: 48 kHz stereo in the most bits that the card itself has, 32, 24 or 16.</summary>
/// <remarks>A card that does neither 48 kHz nor stereo is opened once more through ALSA's own converter, <c>plug</c>.</remarks>
public sealed class AlsaOutput : IAudioOutput
{
    private const int Channels = 2;
    private const int PackedFrames = 256;
    private const int WaitMs = 1_000;
    private const int MaxFailures = 3; // 3 s without room, or three recoveries in a row without a frame: the device is gone

    private readonly PcmHandle _pcm;
    private readonly PcmFormat _format;
    private readonly byte[] _packed; // one chunk of 24 bits
    private readonly string _device;
    private readonly bool _isCut; // to 16 bits, by a converter between here and the card
    private long _xruns;
    private bool _isLost;

    private AlsaOutput(string device, PcmHandle pcm, PcmShape shape)
    {
        _device = device;
        _pcm = pcm;
        BufferFrames = shape.BufferFrames;
        _format = shape.Format;
        _packed = _format == PcmFormat.S24Packed ? new byte[Channels * PackedFrames * Packed24.BytesPerSample] : [];

        // A null device takes everything at once, and so does all that ends in one (a file PCM, unless it tees into a card).
        string chain = PcmSetup.Describe(pcm);
        IsPaced = !chain.Contains("Null PCM", StringComparison.Ordinal);
        _isCut = Bits > 16 && (BitsOfCard(chain) <= 16 || !IsPaced);
    }

    /// <inheritdoc/>
    public string Name => $"alsa:{_device}";

    /// <inheritdoc/>
    public bool IsPaced { get; }

    /// <inheritdoc/>
    public int Bits => _format switch
    {
        PcmFormat.S32 => 32,
        PcmFormat.S24Packed => 24,
        _ => 16,
    };

    /// <summary>Frames that the device holds.</summary>
    public int BufferFrames { get; }

    /// <inheritdoc/>
    public long XrunCount => Volatile.Read(ref _xruns);

    /// <summary>Opens a device. Not for the audio thread: a sound server may take its time.</summary>
    /// <param name="device">ALSA's name: <c>default</c>, <c>hw:1,0</c>, <c>file:/tmp/x.wav,wav</c> ...</param>
    /// <param name="options">Period and buffer.</param>
    /// <param name="output">The open output; null when it could not be opened.</param>
    /// <param name="problem">Why not, for people; empty when it could.</param>
    public static bool TryOpen(string device, AlsaOptions options, out AlsaOutput? output, out string problem)
    {
        output = null;
        problem = string.Empty;
        try
        {
            Asound.Silence();
            try
            {
                output = Open(device, device, options);
            }
            catch (AlsaException failure) when (failure.Code == Asound.InvalidArgument && !device.Contains('\'', StringComparison.Ordinal))
            {
                output = Open(device, $"plug:'{device}'", options); // it is there, but speaks another rate or number of channels
            }

            return true;
        }
        catch (AlsaException failure)
        {
            problem = $"ALSA device '{device}' cannot be opened for 48 kHz stereo: {failure.Message}. 'aplay -L' lists the names that can.";
            return false;
        }
        catch (DllNotFoundException)
        {
            problem = "libasound.so.2 is missing: apt install libasound2 (Debian 13: libasound2t64).";
            return false;
        }
    }

    /// <inheritdoc/>
    public unsafe int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31)
    {
        if (_format == PcmFormat.S24Packed) return WritePacked(wideQ31);
        fixed (int* wide = wideQ31)
        fixed (short* narrow = interleaved)
            return _format == PcmFormat.S32 ? WriteAll(wide, wideQ31.Length / Channels, Channels * sizeof(int)) : WriteAll(narrow, interleaved.Length / Channels, Channels * sizeof(short));
    }

    /// <inheritdoc/>
    public int Rewind(int keepFrames)
    {
        // A device that plays through memory which it has fetched already says so here (USB: the packets under way).
        nint rewindable = Asound.snd_pcm_rewindable(_pcm);
        if (rewindable <= 0 || Asound.snd_pcm_delay(_pcm, out nint queued) < 0) return 0;
        nint frames = Math.Min(rewindable, queued - keepFrames);
        return frames <= 0 ? 0 : (int)Math.Max(0, Asound.snd_pcm_rewind(_pcm, (nuint)frames));
    }

    /// <inheritdoc/>
    public void Drop()
    {
        _ = Asound.snd_pcm_drop(_pcm); // a device that refuses is lost, which the next write finds out
        _ = Asound.snd_pcm_prepare(_pcm);
    }

    /// <summary>Plays what the device still holds (a lost one: drops it) and closes it; a <c>file</c> PCM is then complete.</summary>
    public void Dispose()
    {
        if (_pcm.IsClosed) return;
        if (_isLost)
        {
            _ = Asound.snd_pcm_drop(_pcm); // it is gone; whether it agrees does not matter
        }
        else
        {
            _ = Asound.snd_pcm_nonblock(_pcm, 0);
            _ = Asound.snd_pcm_drain(_pcm); // at worst the last 171 ms are lost, and the daemon is leaving
        }

        _pcm.Dispose();
    }

    // A converter (plug, dmix) takes 32 bits for a card of 16 too, but cuts them without dither: then it gets 16 bits from here. So
    // does a file, which every program can read then.
    private static AlsaOutput Open(string device, string pcmName, AlsaOptions options)
    {
        try
        {
            AlsaOutput output = Open(device, pcmName, options, [PcmFormat.S32, PcmFormat.S24Packed, PcmFormat.S16]);
            if (!output._isCut) return output;
            output._pcm.Dispose(); // nothing was written yet
        }
        catch (AlsaException failure) when (failure.Code == Asound.InvalidArgument)
        {
            // A converter that promised 32 bits and found that it can't: 16 may need none.
        }

        return Open(device, pcmName, options, [PcmFormat.S16, PcmFormat.S32]);
    }

    private static AlsaOutput Open(string device, string pcmName, AlsaOptions options, ReadOnlySpan<PcmFormat> formats)
    {
        PcmHandle? pcm = null;
        try
        {
            AlsaException.ThrowIfError(Asound.snd_pcm_open(out pcm, pcmName, PcmDirection.Playback, Asound.NonBlocking), nameof(Asound.snd_pcm_open));
            var wanted = new PcmShape(SynthEngine.SampleRateHz, Channels, options.PeriodFrames, options.PeriodFrames * options.Periods);
            PcmShape shape = PcmSetup.SetHardware(pcm, wanted, formats);

            // Starting with a full buffer avoids the xrun that nearly every first second had otherwise.
            PcmSetup.SetSoftware(pcm, startFrames: shape.BufferFrames / shape.PeriodFrames * shape.PeriodFrames, wakeFrames: shape.PeriodFrames);
            return new AlsaOutput(device, pcm, shape);
        }
        catch
        {
            pcm?.Dispose();
            throw;
        }
    }

    // The chain is told from here to the card, each link with a line "  msbits       : 16".
    private static int BitsOfCard(string chain)
    {
        int line = chain.LastIndexOf("msbits", StringComparison.Ordinal);
        if (line < 0) return int.MaxValue;
        string value = chain[line..].Split('\n')[0].Split(':')[^1].Trim();
        return int.TryParse(value, CultureInfo.InvariantCulture, out int bits) && bits > 0 ? bits : int.MaxValue;
    }

    private unsafe int WritePacked(ReadOnlySpan<int> wideQ31)
    {
        fixed (byte* packed = _packed)
        {
            for (int at = 0; at < wideQ31.Length; at += Channels * PackedFrames)
            {
                ReadOnlySpan<int> chunk = wideQ31.Slice(at, Math.Min(Channels * PackedFrames, wideQ31.Length - at));
                Packed24.Write(chunk, _packed);
                int code = WriteAll(packed, chunk.Length / Channels, Channels * Packed24.BytesPerSample);
                if (code < 0) return code;
            }
        }

        return wideQ31.Length / Channels;
    }

    private unsafe int WriteAll(void* samples, int frames, int bytesPerFrame)
    {
        int failures = 0;
        for (int written = 0; written < frames;)
        {
            int count = (int)Asound.snd_pcm_writei(_pcm, (byte*)samples + written * bytesPerFrame, (nuint)(frames - written));
            if (count > 0)
            {
                written += count;
                failures = 0;
                continue;
            }

            int code = Recover(count);
            if (code < 0 || ++failures > MaxFailures)
            {
                _isLost = true;
                return code < 0 ? code : Asound.InputOutputError;
            }
        }

        return frames;
    }

    // Returns a negative code when nothing helps any more.
    private int Recover(int code)
    {
        switch (code)
        {
            case 0:
            case Asound.TryAgain:
                int ready = Asound.snd_pcm_wait(_pcm, WaitMs);
                return ready >= 0 ? 0 : Recover(ready);
            case Asound.Interrupted:
                return 0;
            case Asound.Suspended:
                Volatile.Write(ref _xruns, _xruns + 1);
                // libasound says 0 of a plugin that could not resume: only the state tells.
                bool resumes = Asound.snd_pcm_resume(_pcm) == 0 && Asound.snd_pcm_state(_pcm) != Asound.StateSuspended;
                return resumes ? 0 : Asound.snd_pcm_prepare(_pcm);
            case Asound.Xrun:
                Volatile.Write(ref _xruns, _xruns + 1);
                return Asound.snd_pcm_prepare(_pcm);
            default:
                return code;
        }
    }
}
