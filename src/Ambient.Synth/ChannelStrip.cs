using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments;

namespace Ambient.Synth;

/// <summary>One instrument with its gain, its brightness and its way into the reverb.</summary>
internal sealed class ChannelStrip
{
    private const int BusBits = 23;
    private readonly IInstrument _instrument;
    private readonly int[] _left = new int[SynthEngine.SegmentFrames];
    private readonly int[] _right = new int[SynthEngine.SegmentFrames];
    private Glide _gain;
    private Glide _send;
    private Glide _brightness;

    /// <summary>Makes the strip of one catalogue entry.</summary>
    public ChannelStrip(InstrumentEntry entry, uint seed)
    {
        PlayableInstrument playable = PlayableInstrument.Create(entry, seed);
        _instrument = playable.Instrument;
        _gain = new(_instrument.IsTexture ? 0 : ScoreEvent.UnityQ15, SynthEngine.MinRampFrames); // textures start silent
        _send = new(playable.SendQ15, SynthEngine.MinRampFrames);
        _brightness = new(ScoreEvent.UnityQ15 / 2, SynthEngine.MinRampFrames);
    }

    /// <summary>Voices sounding.</summary>
    public int ActiveVoices => _instrument.ActiveVoices;

    /// <summary>Hands a note event on.</summary>
    public void Play(in ScoreEvent scoreEvent)
    {
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
    public void Tick() => _instrument.BrightnessQ15 = _brightness.ValueQ15;

    /// <summary>Adds the next frames to the dry bus and to the reverb's.</summary>
    public void Render(in StereoBus dry, in StereoBus wet, int frames)
    {
        _brightness.Advance(frames);
        bool isSounding = _instrument.IsTexture ? _gain.ValueQ15 > 0 || !_gain.HasSettled : _instrument.IsSounding;
        if (!isSounding)
        {
            _gain.Advance(frames);
            _send.Advance(frames);
            return;
        }

        Span<int> left = _left.AsSpan(0, frames);
        Span<int> right = _right.AsSpan(0, frames);
        left.Clear();
        right.Clear();
        _instrument.Render(left, right);
        Glide gain = _gain, send = _send;
        for (int i = 0; i < frames; i++)
        {
            gain.Advance();
            send.Advance();
            long gainQ23 = gain.ValueQ23;
            int leftQ23 = (int)(left[i] * gainQ23 >> BusBits);
            int rightQ23 = (int)(right[i] * gainQ23 >> BusBits);
            dry.Left[i] += leftQ23;
            dry.Right[i] += rightQ23;
            long sendQ23 = send.ValueQ23;
            wet.Left[i] += (int)(leftQ23 * sendQ23 >> BusBits);
            wet.Right[i] += (int)(rightQ23 * sendQ23 >> BusBits);
        }

        _gain = gain;
        _send = send;
    }
}
