using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;
using Ambient.Synth.Effects;
using Ambient.Synth.Instruments;

namespace Ambient.Synth;

/// <summary>Plays score events: instruments, delay, reverb and limiter, in integers, the same bits on every machine.</summary>
/// <remarks>
/// One thread renders; any other may read the counters. After construction nothing is allocated. Work is cut at event
/// frames and at multiples of 64 frames counted from the start, never at the caller's blocks, whose size therefore
/// does not change a sample. The programme leaves 128 frames (2.7 ms) after its events, the limiter's look-ahead.
/// </remarks>
public sealed class SynthEngine
{
    /// <summary>Frames per second.</summary>
    public const int SampleRateHz = 48_000;

    /// <summary>Largest block that <see cref="Render(Span{int})"/> is meant for.</summary>
    public const int MaxBlockFrames = 1_024;

    /// <summary>Frames by which what is heard follows its event.</summary>
    public const int LatencyFrames = Limiter.LookAheadFrames;

    internal const int SegmentFrames = 64;
    internal const int MinRampFrames = 960; // 20 ms: shorter ramps click
    private const int PendingCapacity = 4_096;
    private const int RumbleCents = 2_518; // 35 Hz
    private const int DefaultReverbTimeQ15 = 11_469; // 3.5 s
    private const int DefaultWetQ15 = 13_107; // 0.4

    private readonly ScoreQueue _queue;
    private readonly PendingEvents _pending = new(PendingCapacity);
    private readonly ChannelStrip[] _strips;
    private readonly Reverb _reverb = new(DefaultReverbTimeQ15);
    private readonly Delay _delay = new();
    private readonly RumbleFilter _rumbleFilter = new(RumbleCents);
    private readonly ToneFilter? _tone;
    private readonly Limiter _limiter = new();
    private readonly StereoBus _dry = StereoBus.Silent();
    private readonly StereoBus _wet = StereoBus.Silent();
    private readonly int[] _wideQ31 = new int[2 * MaxBlockFrames];
    private Glide _masterGain = new(ScoreEvent.UnityQ15, MinRampFrames);
    private Glide _wetGain = new(DefaultWetQ15, MinRampFrames);
    private Dither _dither;
    private long _frame;
    private long _lateEvents;
    private int _activeVoices;

    /// <summary>Makes an engine with one of every instrument, silent at frame 0, master gain 1.</summary>
    /// <param name="queue">Where its events come from.</param>
    /// <param name="seed">Seed of all its chances: phases, walks, noise, dither.</param>
    /// <exception cref="Instruments.Presets.PresetException">A preset file can't be played; the message names file and key.</exception>
    public SynthEngine(ScoreQueue queue, uint seed)
        : this(queue, seed, firstFrame: 0)
    {
    }

    /// <summary>As above, but with the clock already at <paramref name="firstFrame"/>, as if it had run for years.</summary>
    internal SynthEngine(ScoreQueue queue, uint seed, long firstFrame)
    {
        _frame = firstFrame;
        _queue = queue;
        _dither = new(seed);
        _strips = new ChannelStrip[InstrumentCatalog.Entries.Length];
        for (int i = 0; i < _strips.Length; i++) _strips[i] = new(InstrumentCatalog.Entries[i], unchecked(seed * 31 + (uint)i + 1));
    }

    /// <summary>Tone of the room, before the master gain; flat unless told otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public ToneSettings Tone
    {
        init => _tone = value.IsFlat ? null : new ToneFilter(value);
    }

    /// <summary>Frames rendered since the start. Any thread.</summary>
    public long FramesRendered => Volatile.Read(ref _frame);

    /// <summary>Voices sounding at the end of the last block. Any thread.</summary>
    public int ActiveVoices => Volatile.Read(ref _activeVoices);

    /// <summary>Events that came after their frame had been rendered: played at once, or, where they take others back, too late for some. Any thread.</summary>
    public long LateEvents => Volatile.Read(ref _lateEvents);

    /// <summary>Renders the next frames in 16 bits. Audio thread; never allocates, waits or throws.</summary>
    /// <param name="interleaved">Dithered samples, L R L R ..., shape [frames x 2]; overwritten. 1..1024 frames.</param>
    public void Render(Span<short> interleaved)
    {
        Span<int> wideQ31 = _wideQ31.AsSpan(0, interleaved.Length);
        Render(wideQ31);
        Round(wideQ31, interleaved);
    }

    /// <summary>From what was rendered wide, and perhaps scaled since, to 16 bits: with the dither that <see cref="Render(Span{short})"/> uses. Audio thread.</summary>
    /// <param name="wideQ31">Samples L R L R ...</param>
    /// <param name="interleaved">As many in 16 bits; overwritten.</param>
    public void Round(ReadOnlySpan<int> wideQ31, Span<short> interleaved) => _dither.Write(wideQ31, interleaved);

    /// <summary>Renders the next frames as the bus has them, below -1 dBTP and not rounded. Audio thread; never allocates, waits or throws.</summary>
    /// <param name="interleavedQ31">Samples L R L R ..., shape [frames x 2]; overwritten. 1..1024 frames.</param>
    public void Render(Span<int> interleavedQ31)
    {
        Drain();
        Span<int> rest = interleavedQ31;
        while (rest.Length >= 2)
        {
            while (_pending.NextFrame <= _frame) Apply(_pending.Take());
            int frames = SegmentFrames - (int)(_frame % SegmentFrames);
            if (frames == SegmentFrames) Tick();
            frames = Math.Min(frames, rest.Length / 2);
            frames = (int)Math.Min(frames, _pending.NextFrame - _frame);
            RenderSegment(rest[..(2 * frames)]);
            rest = rest[(2 * frames)..];
            Volatile.Write(ref _frame, _frame + frames);
        }

        int activeVoices = 0;
        foreach (ChannelStrip strip in _strips) activeVoices += strip.ActiveVoices;
        Volatile.Write(ref _activeVoices, activeVoices);
    }

    private void Drain()
    {
        while (!_pending.IsFull && _queue.TryTake(out ScoreEvent scoreEvent))
        {
            if (scoreEvent.Frame < _frame) Volatile.Write(ref _lateEvents, _lateEvents + 1);
            if (scoreEvent.Kind == ScoreEventKind.Revoke) _pending.Revoke(scoreEvent);
            else _pending.Add(scoreEvent);
        }
    }

    private void Apply(in ScoreEvent scoreEvent)
    {
        if (scoreEvent.Instrument >= _strips.Length) return; // a score of a newer catalogue: the rest of it still plays
        ChannelStrip strip = _strips[scoreEvent.Instrument];
        if (scoreEvent.Kind is ScoreEventKind.NoteOn or ScoreEventKind.NoteOff) strip.Play(scoreEvent);
        if (scoreEvent.Kind != ScoreEventKind.Parameter) return;

        int valueQ15 = Math.Clamp(scoreEvent.ValueQ15, 0, 4 * ScoreEvent.UnityQ15);
        switch (scoreEvent.Parameter)
        {
            case SynthParameter.MasterGain:
                _masterGain.To(valueQ15, scoreEvent.RampFrames);
                break;
            case SynthParameter.ReverbTime:
                _reverb.SetTime(valueQ15, scoreEvent.RampFrames);
                break;
            case SynthParameter.ReverbWet:
                _wetGain.To(valueQ15, scoreEvent.RampFrames);
                break;
            case SynthParameter.DelayTime:
                _delay.SetTime(valueQ15);
                break;
            case SynthParameter.DelayFeedback:
                _delay.SetFeedback(valueQ15, scoreEvent.RampFrames);
                break;
            case SynthParameter.DelayWet:
                _delay.SetWet(valueQ15, scoreEvent.RampFrames);
                break;
            default:
                strip.Set(scoreEvent.Parameter, valueQ15, scoreEvent.RampFrames);
                break;
        }
    }

    private void Tick()
    {
        foreach (ChannelStrip strip in _strips) strip.Tick();
    }

    private void RenderSegment(Span<int> interleavedQ31)
    {
        int frames = interleavedQ31.Length / 2;
        _dry.Clear(frames);
        _wet.Clear(frames);
        foreach (ChannelStrip strip in _strips) strip.Render(_dry, _wet, frames);
        _delay.Process(_wet, _dry, frames);
        Span<int> left = _dry.Left.AsSpan(0, frames);
        Span<int> right = _dry.Right.AsSpan(0, frames);
        Span<int> wetLeft = _wet.Left.AsSpan(0, frames);
        Span<int> wetRight = _wet.Right.AsSpan(0, frames);
        _reverb.Process(wetLeft, wetRight);
        Return(wetLeft, wetRight, left, right);
        _rumbleFilter.Process(left, right);
        _tone?.Process(left, right);
        Scale(left, right);
        _limiter.Process(left, right);
        for (int i = 0; i < frames; i++)
        {
            interleavedQ31[2 * i] = Widen(left[i]);
            interleavedQ31[2 * i + 1] = Widen(right[i]);
        }
    }

    // Q23 -> Q31. Behind the limiter nothing saturates; but wrapping around would be the worst of noises.
    private static int Widen(int sampleQ23) => Math.Clamp(sampleQ23, -(1 << 23), (1 << 23) - 1) << 8;

    private void Return(Span<int> wetLeft, Span<int> wetRight, Span<int> left, Span<int> right)
    {
        if (_wetGain.HasSettled)
        {
            if (_reverb.IsAsleep) return;
            Gain.Add(wetLeft, _wetGain.ValueQ23, left);
            Gain.Add(wetRight, _wetGain.ValueQ23, right);
            return;
        }

        for (int i = 0; i < left.Length; i++)
        {
            _wetGain.Advance();
            left[i] += Gain.Apply(wetLeft[i], _wetGain.ValueQ23);
            right[i] += Gain.Apply(wetRight[i], _wetGain.ValueQ23);
        }
    }

    // Behind the rumble filter, which clamps, nothing is louder than +-10, and +-40 after this; the limiter takes it.
    private void Scale(Span<int> left, Span<int> right)
    {
        if (_masterGain.HasSettled)
        {
            Gain.Apply(left, _masterGain.ValueQ23);
            Gain.Apply(right, _masterGain.ValueQ23);
            return;
        }

        for (int i = 0; i < left.Length; i++)
        {
            _masterGain.Advance();
            left[i] = Gain.Apply(left[i], _masterGain.ValueQ23);
            right[i] = Gain.Apply(right[i], _masterGain.ValueQ23);
        }
    }
}
