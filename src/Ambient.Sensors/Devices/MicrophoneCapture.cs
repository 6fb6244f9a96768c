using System.Threading.Channels;
using Ambient.Bindings.Alsa;
using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Devices;

/// <summary>The capture thread. Samples live on its stack for 21 ms and nowhere else; levels leave it through one channel.</summary>
/// <remarks>
/// Privacy by construction: a <c>stackalloc</c> span cannot be stored in a field, caught by a lambda or carried over an
/// <c>await</c>; the compiler refuses. The only method it is handed to is <see cref="SoundLevelMeter.Add"/>, whose parameter is
/// <c>scoped</c> and so cannot keep it either. MicrophonePrivacyTests hold this against later changes.
/// </remarks>
internal sealed class MicrophoneCapture : IDisposable
{
    private const int PeriodFrames = 1_024;
    private const int Periods = 16; // 341 ms: a busy machine may look away that long
    private const int RateHz = 48_000;
    private const int WaitMs = 200; // how long Dispose may have to wait
    private const int SilentWaits = 25; // 5 s without a frame: a device that hangs

    private readonly string _device;
    private readonly int _channel;
    private readonly MicrophoneLimits _limits;
    private readonly ChannelWriter<SoundLevels> _levels;
    private readonly Thread _thread;
    private volatile bool _isStopping;

    private MicrophoneCapture(string device, int channel, MicrophoneLimits limits, ChannelWriter<SoundLevels> levels)
    {
        (_device, _channel, _limits, _levels) = (device, channel, limits, levels);
        _thread = new Thread(Run) { IsBackground = true, Name = "microphone" };
    }

    /// <summary>Opens the device on a thread of its own. A failure completes the channel with an <see cref="IOException"/>.</summary>
    public static MicrophoneCapture Start(string device, int channel, MicrophoneLimits limits, ChannelWriter<SoundLevels> levels)
    {
        var capture = new MicrophoneCapture(device, channel, limits, levels);
        capture._thread.Start();
        return capture;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Run()
    {
        PcmHandle? pcm = null;
        try
        {
            Asound.Silence();
            AlsaException.ThrowIfError(Asound.snd_pcm_open(out pcm, _device, PcmDirection.Capture, Asound.NonBlocking), nameof(Asound.snd_pcm_open));
            Listen(pcm, Agree(pcm));
            _levels.Complete();
        }
        catch (AlsaException problem)
        {
            _levels.Complete(new IOException($"microphone '{_device}': {problem.Message}; 'arecord -L' lists what there is{Permission.Help(-problem.Code, "audio")}", problem));
        }
        catch (DllNotFoundException)
        {
            _levels.Complete(new IOException("libasound.so.2 is missing: apt install libasound2 (Debian 13: libasound2t64)"));
        }
        finally
        {
            pcm?.Dispose();
        }
    }

    // I2S microphones come in pairs and their cards have no mono.
    private static PcmShape Agree(PcmHandle pcm)
    {
        var wanted = new PcmShape(RateHz, 1, PeriodFrames, PeriodFrames * Periods);
        try
        {
            return PcmSetup.SetHardware(pcm, wanted, PcmFormat.S32, PcmFormat.S16);
        }
        catch (AlsaException)
        {
            return PcmSetup.SetHardware(pcm, wanted with { Channels = 2 }, PcmFormat.S32, PcmFormat.S16);
        }
    }

    private unsafe void Listen(PcmHandle pcm, PcmShape shape)
    {
        var meter = new SoundLevelMeter(shape.RateHz, _limits);
        int stride = shape.Channels, first = Math.Min(_channel, stride - 1);
        int* heard = stackalloc int[PeriodFrames * 2];
        Span<int> samplesQ31 = stackalloc int[PeriodFrames];
        AlsaException.ThrowIfError(Asound.snd_pcm_start(pcm), nameof(Asound.snd_pcm_start));
        for (int silent = 0; !_isStopping;)
        {
            int frames = (int)Asound.snd_pcm_readi(pcm, heard, PeriodFrames);
            if (frames <= 0)
            {
                silent++;
                if (silent > SilentWaits) throw new AlsaException(Asound.InputOutputError, nameof(Asound.snd_pcm_readi));
                Recover(pcm, frames);
                continue;
            }

            silent = 0;
            for (int i = 0; i < frames; i++)
                samplesQ31[i] = shape.Format == PcmFormat.S32 ? heard[i * stride + first] : ((short*)heard)[i * stride + first] << 16;
            meter.Add(samplesQ31[..frames]);
            while (meter.TryTake(out SoundLevels? levels)) _levels.TryWrite(levels!);
        }
    }

    private static void Recover(PcmHandle pcm, int code)
    {
        switch (code)
        {
            case 0 or Asound.TryAgain:
                int ready = Asound.snd_pcm_wait(pcm, WaitMs);
                if (ready < 0) Recover(pcm, ready);
                break;
            case Asound.Interrupted:
                break;
            case Asound.Xrun or Asound.Suspended:
                AlsaException.ThrowIfError(Asound.snd_pcm_prepare(pcm), nameof(Asound.snd_pcm_prepare));
                AlsaException.ThrowIfError(Asound.snd_pcm_start(pcm), nameof(Asound.snd_pcm_start));
                break;
            default:
                throw new AlsaException(code, nameof(Asound.snd_pcm_readi));
        }
    }
}
