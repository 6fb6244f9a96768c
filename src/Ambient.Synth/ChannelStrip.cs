using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;
using Ambient.Synth.Effects;
using Ambient.Synth.Instruments;

namespace Ambient.Synth;

/// <summary>One instrument with its chorus, its gain, its brightness and its way into the reverb.</summary>
internal sealed class ChannelStrip
{
    private readonly IInstrument _instrument;
    private readonly bool _isTexture;
    private readonly Chorus? _chorus;
    private readonly int[] _left = new int[SynthEngine.SegmentFrames];
    private readonly int[] _right = new int[SynthEngine.SegmentFrames];
    private Glide _gain;
    private Glide _send;
    private Glide _brightness;
    private int _shownBrightnessQ15 = -1;
    private bool _maySound; // nobody asks the many that have no part what they are doing

    /// <summary>Makes the strip of one catalogue entry.</summary>
    public ChannelStrip(InstrumentEntry entry, uint seed)
        : this(PlayableInstrument.Create(entry, seed))
    {
    }

    /// <summary>Makes the strip of an instrument.</summary>
    public ChannelStrip(PlayableInstrument playable)
    {
        _instrument = playable.Instrument;
        _isTexture = _instrument.IsTexture;
        _chorus = playable.ChorusQ15 > 0 ? new(playable.ChorusQ15) : null;
        _gain = new(_isTexture ? 0 : ScoreEvent.UnityQ15, SynthEngine.MinRampFrames); // textures start silent
        _send = new(playable.SendQ15, SynthEngine.MinRampFrames);
        _brightness = new(ScoreEvent.UnityQ15 / 2, SynthEngine.MinRampFrames);
    }

    /// <summary>Voices sounding.</summary>
    public int ActiveVoices => _maySound ? _instrument.ActiveVoices : 0;

    /// <summary>Hands a note event on.</summary>
    public void Play(in ScoreEvent scoreEvent)
    {
        _maySound = true;
        if (scoreEvent.Kind == ScoreEventKind.NoteOn) _instrument.NoteOn(scoreEvent);
        else _instrument.NoteOff(scoreEvent.NoteId);
    }

    /// <summary>Starts a glide of one of the strip's own parameters.</summary>
    public void Set(SynthParameter parameter, int valueQ15, int rampFrames)
    {
        if (parameter == SynthParameter.InstrumentGain) _gain.To(valueQ15, rampFrames);
        else if (parameter == SynthParameter.ReverbSend) _send.To(valueQ15, rampFrames);
        else if (parameter == SynthParameter.Brightness) _brightness.To(Math.Min(valueQ15, ScoreEvent.UnityQ15), rampFrames);
    }

    /// <summary>Shows the instrument its brightness; called at frames divisible by 64 only, so that block sizes do not matter.</summary>
    public void Tick()
    {
        if (_brightness.ValueQ15 == _shownBrightnessQ15) return;
        _instrument.BrightnessQ15 = _shownBrightnessQ15 = _brightness.ValueQ15;
    }

    /// <summary>Adds the next frames to the dry bus and to the reverb's.</summary>
    public void Render(in StereoBus dry, in StereoBus wet, int frames)
    {
        _brightness.Advance(frames);
        if (_isTexture) _maySound = _gain.ValueQ15 > 0 || !_gain.HasSettled;
        else if (_maySound) _maySound = _instrument.IsSounding;
        if (!_maySound && _chorus is null or { IsAsleep: true })
        {
            _chorus?.Skip(frames);
            _gain.Advance(frames);
            _send.Advance(frames);
            return;
        }

        Span<int> left = _left.AsSpan(0, frames);
        Span<int> right = _right.AsSpan(0, frames);
        left.Clear();
        right.Clear();
        if (_maySound) _instrument.Render(left, right);
        _chorus?.Process(left, right);
        if (_gain.HasSettled && _send.HasSettled)
        {
            Gain.Apply(left, _gain.ValueQ23);
            Gain.Apply(right, _gain.ValueQ23);
            Gain.Add(left, Gain.Unity, dry.Left);
            Gain.Add(right, Gain.Unity, dry.Right);
            Gain.Add(left, _send.ValueQ23, wet.Left);
            Gain.Add(right, _send.ValueQ23, wet.Right);
            return;
        }

        Glide gain = _gain, send = _send;
        for (int i = 0; i < frames; i++)
        {
            gain.Advance();
            send.Advance();
            int leftQ23 = Gain.Apply(left[i], gain.ValueQ23), rightQ23 = Gain.Apply(right[i], gain.ValueQ23);
            dry.Left[i] += leftQ23;
            dry.Right[i] += rightQ23;
            wet.Left[i] += Gain.Apply(leftQ23, send.ValueQ23);
            wet.Right[i] += Gain.Apply(rightQ23, send.ValueQ23);
        }

        _gain = gain;
        _send = send;
    }
}
