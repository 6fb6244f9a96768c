using Ambient.Bindings.Alsa;

namespace Ambient.Synth.Outputs;

/// <summary>A sound card, or whatever else an ALSA name leads to. S16 interleaved, 48 kHz, stereo.</summary>
public sealed class AlsaOutput : IAudioOutput
{
    private const int Channels = 2;
    private const int WaitMs = 1_000;
    private const int MaxFailures = 3; // 3 s without room, or three recoveries in a row without a frame: the device is gone

    private readonly PcmHandle _pcm;
    private readonly string _device;
    private long _xruns;
    private bool _isLost;

    private AlsaOutput(string device, PcmHandle pcm, PcmShape shape)
    {
        _device = device;
        _pcm = pcm;
        BufferFrames = shape.BufferFrames;

        // A null device takes everything at once, and so does all that ends in one (a file PCM, unless it tees into a card).
        IsPaced = !PcmSetup.Describe(pcm).Contains("Null PCM", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public string Name => $"alsa:{_device}";

    /// <inheritdoc/>
    public bool IsPaced { get; }

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
        PcmHandle? pcm = null;
        try
        {
            Asound.Silence();
            AlsaException.ThrowIfError(Asound.snd_pcm_open(out pcm, device, PcmDirection.Playback, Asound.NonBlocking), nameof(Asound.snd_pcm_open));
            var wanted = new PcmShape(SynthEngine.SampleRateHz, Channels, options.PeriodFrames, options.PeriodFrames * options.Periods);
            PcmShape shape = PcmSetup.SetHardware(pcm, wanted);

            // Starting with a full buffer avoids the xrun that nearly every first second had otherwise.
            PcmSetup.SetSoftware(pcm, startFrames: shape.BufferFrames / shape.PeriodFrames * shape.PeriodFrames, wakeFrames: shape.PeriodFrames);
            output = new AlsaOutput(device, pcm, shape);
            problem = string.Empty;
            return true;
        }
        catch (AlsaException failure)
        {
            pcm?.Dispose();
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
    public unsafe int Write(ReadOnlySpan<short> interleaved)
    {
        int frames = interleaved.Length / Channels;
        int failures = 0;
        fixed (short* samples = interleaved)
        {
            for (int written = 0; written < frames;)
            {
                int count = (int)Asound.snd_pcm_writei(_pcm, samples + written * Channels, (nuint)(frames - written));
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
        }

        return frames;
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
                return Asound.snd_pcm_resume(_pcm) == 0 ? 0 : Asound.snd_pcm_prepare(_pcm);
            case Asound.Xrun:
                Volatile.Write(ref _xruns, _xruns + 1);
                return Asound.snd_pcm_prepare(_pcm);
            default:
                return code;
        }
    }
}
