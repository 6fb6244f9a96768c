using Ambient.Bindings.Linux;
using Ambient.Synth;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>The one thread that renders and plays. Allocates nothing, locks nothing, waits for nobody but the output.</summary>
/// <remarks>
/// Outputs come and go while it runs: a new one is offered, a lost one is handed back; in between the paced null output keeps
/// time, so the music goes on even where nobody can hear it.
/// </remarks>
internal sealed class AudioThread : IDisposable
{
    private const int FifoPriority = 60;

    private readonly SynthEngine _engine;
    private readonly OutputStage _stage;
    private readonly SentFrames _sent;
    private readonly ListenerRing _listeners;
    private readonly PlanHorizon? _horizon;
    private readonly IAudioOutput _standby;
    private readonly FramePacer _pacer;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private readonly int[] _blockQ31;
    private readonly short[] _block; // the same in 16 bits, for listeners and for outputs that have no more
    private IAudioOutput _output;
    private IAudioOutput? _offered;
    private IAudioOutput? _lost;
    private long _framesAccepted;
    private bool _wasMuted;
    private int _fadeFrames = -1; // asked for by Stop; -1 while playing

    /// <param name="engine">Rendered from this thread only, once <see cref="Start"/> was called.</param>
    /// <param name="stage">Fade-in, cap, mute and meter, after everything else.</param>
    /// <param name="standby">Takes over whenever no other output is there; usually the null output.</param>
    /// <param name="listeners">Gets a copy of every block.</param>
    /// <param name="time">Paces outputs that don't pace themselves.</param>
    /// <param name="blockFrames">Frames per block, 64..1024.</param>
    /// <param name="speed">Times real time, for outputs that don't pace themselves.</param>
    /// <param name="horizon">With <c>--speed</c>: no frame is rendered before it was planned. Null in real time.</param>
    public AudioThread(SynthEngine engine, OutputStage stage, IAudioOutput standby, ListenerRing listeners, TimeProvider time, int blockFrames, double speed, PlanHorizon? horizon)
    {
        (_engine, _stage, _sent) = (engine, stage, new SentFrames(engine));
        _standby = _output = standby;
        _listeners = listeners;
        _horizon = horizon;
        _pacer = new FramePacer(time, SynthEngine.SampleRateHz, speed, _stop);
        _blockQ31 = new int[2 * blockFrames];
        _block = new short[2 * blockFrames];
        _thread = new Thread(Run) { IsBackground = true, Name = "audio", Priority = ThreadPriority.Highest };
    }

    /// <summary>Frames that outputs took since the start.</summary>
    public long FramesAccepted => Volatile.Read(ref _framesAccepted);

    /// <summary>The output in use.</summary>
    public IAudioOutput Output => Volatile.Read(ref _output);

    /// <summary>Longest that a block came after its time since the last call; any thread.</summary>
    public TimeSpan TakeWorstLate() => _pacer.TakeWorstLate();

    /// <summary>Begins to play into the standby output.</summary>
    public void Start() => _thread.Start();

    /// <summary>Plays through another output from the next block on.</summary>
    /// <returns>An earlier offer that was never taken; the caller disposes of it.</returns>
    public IAudioOutput? Offer(IAudioOutput output) => Interlocked.Exchange(ref _offered, output);

    /// <summary>An output that was lost since the last call; the caller disposes of it and finds another.</summary>
    public IAudioOutput? TakeLost() => Interlocked.Exchange(ref _lost, null);

    /// <summary>Fades out, plays the fade to its end, and ends the thread.</summary>
    /// <param name="fadeFrames">Length of the fade.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <returns>False when the output did not let go in time.</returns>
    public bool Stop(int fadeFrames, TimeSpan patience)
    {
        Volatile.Write(ref _fadeFrames, fadeFrames);
        return !_thread.IsAlive || _thread.Join(patience);
    }

    /// <summary>Stops at once if still playing, and releases the output.</summary>
    public void Dispose()
    {
        Stop(0, TimeSpan.FromMilliseconds(500));
        _stop.Set();
        if (_thread.IsAlive) return; // It hangs in the device; its process is about to end.
        if (!ReferenceEquals(_output, _standby)) _output.Dispose();
        _offered?.Dispose();
        _lost?.Dispose();
        _standby.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        Scheduling.TryUseFifo(FifoPriority);
        int frames = _block.Length / 2;
        int fadeLeft = -1;
        while (fadeLeft != 0)
        {
            TakeOffer();
            _horizon?.WaitUntil(_engine.FramesRendered + frames);
            if (_stage.IsMuted != _wasMuted) MuteDevice();
            _engine.Render(_blockQ31);
            _stage.Process(_blockQ31);
            int fadeFrames = Volatile.Read(ref _fadeFrames);
            if (fadeFrames >= 0)
            {
                if (fadeLeft < 0) fadeLeft = fadeFrames;
                Fade(_blockQ31, ref fadeLeft, fadeFrames);
            }

            _engine.Round(_blockQ31, _block);
            _listeners.Write(_block);
            Play();
        }
    }

    // What is queued in the device would go on for 170 ms. So it is taken back to 10 ms from now, and written again as a fade
    // and silence; where the device can't give it back, it is dropped.
    private void MuteDevice()
    {
        _wasMuted = !_wasMuted;
        if (!_wasMuted || !_output.IsPaced) return;
        int frames = _output.Rewind(OutputStage.MuteFrames);
        if (frames > 0) _sent.SilenceLast(frames, OutputStage.MuteFrames, _output);
        else _output.Drop();
        _stage.SkipMuteFade();
    }

    private void TakeOffer()
    {
        IAudioOutput? offered = Interlocked.Exchange(ref _offered, null);
        if (offered is null) return;
        if (!ReferenceEquals(_output, _standby)) Volatile.Write(ref _lost, _output);
        Volatile.Write(ref _output, offered);
        _pacer.Restart();
    }

    private void Play()
    {
        int accepted = _output.Write(_block, _blockQ31);
        if (accepted < 0)
        {
            Volatile.Write(ref _lost, _output);
            Volatile.Write(ref _output, _standby);
            _pacer.Restart();
            return;
        }

        _sent.Add(_blockQ31.AsSpan(0, 2 * accepted));
        Volatile.Write(ref _framesAccepted, _framesAccepted + accepted);
        if (!_output.IsPaced) _pacer.Wait(accepted);
    }

    /// <summary>Linear fade over the frames that are left of it, then zeros.</summary>
    private static void Fade(Span<int> interleavedQ31, ref int left, int whole)
    {
        for (int i = 0; i + 1 < interleavedQ31.Length; i += 2)
        {
            int gainQ30 = whole == 0 ? 0 : (int)(((long)left << 30) / whole);
            interleavedQ31[i] = (int)((long)interleavedQ31[i] * gainQ30 >> 30);
            interleavedQ31[i + 1] = (int)((long)interleavedQ31[i + 1] * gainQ30 >> 30);
            if (left > 0) left--;
        }
    }
}
