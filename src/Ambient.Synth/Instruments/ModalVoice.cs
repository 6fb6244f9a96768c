using Ambient.Synth.Arithmetic;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>A struck thing: its modes, each a sine (or a slowly beating pair of them) with a decay of its own, and the noise of the stroke.</summary>
/// <remarks>
/// A resonator struck once rings as a decaying sine, so a mode is written as one: pitch exact to the phase step at any decay, nothing
/// to round in a feedback loop, nothing to become unstable. What the exciter does, its hardness, is in the modes' starting levels.
/// </remarks>
/// <param name="timbre">Shared by the instrument's voices.</param>
/// <param name="modes">How many modes there are at most.</param>
internal abstract class ModalVoice(Timbre timbre, int modes) : Voice(timbre)
{
    private const int NoiseHeadroomBits = 4; // 24 dB: a narrow band of white noise is quiet

    private readonly Mode[] _modes = new Mode[modes];
    private StateVariableFilter.Coefficients _contactBand;
    private StateVariableFilter _contactFilter;
    private Q31 _contactPerTick;
    private int _contactQ31, _contactStep, _contactTargetQ31;
    private StereoGain _pan;
    private Q31 _loudness;
    private Q31 _damping;
    private int _dampedRt60Ticks;
    private int _attackTick, _attackTicks;
    private int _damperQ31;

    /// <summary>Sets pan, loudness and attack and takes all modes away.</summary>
    protected void Strike(in ScoreEvent noteOn, int fullQ15, int attackTicks, int dampedRt60Ticks)
    {
        _pan = StereoGain.At(noteOn.PanQ15);
        _loudness = Loudness(noteOn.ValueQ15, fullQ15);
        _damping = Q31.Max;
        _damperQ31 = int.MaxValue;
        _dampedRt60Ticks = dampedRt60Ticks;
        _attackTick = 0;
        _attackTicks = attackTicks;
        _contactTargetQ31 = 0;
        Array.Clear(_modes);
    }

    /// <summary>Sets one mode going.</summary>
    /// <param name="index">Which one.</param>
    /// <param name="step">Its pitch.</param>
    /// <param name="levelQ15">Its level; 32 768 is the fundamental's at a medium stroke, up to twice that.</param>
    /// <param name="rt60Ticks">Ticks until it is 60 dB down.</param>
    /// <param name="beatStep">Half the beat: the pair stands so far off the pitch each way. 0 is a single sine.</param>
    protected void Excite(int index, uint step, long levelQ15, long rt60Ticks, uint beatStep)
    {
        beatStep = Math.Min(step, beatStep);
        uint phase = beatStep == 0 ? 0 : Random.Next(); // a single sine starts at its zero; of a pair, the stroke sets both going nearly together
        _modes[index] = new Mode
        {
            Near = new() { Step = step - beatStep, Phase = phase },
            Far = new() { Step = step + beatStep, Phase = beatStep == 0 ? 0 : unchecked(phase + (Random.Next() >> 3)) },
            IsPair = beatStep > 0,
            TargetQ31 = (int)(levelQ15 << 14), // up to 0.5, twice with a hard stroke
            PerTick = Q31.Decay(TickFrames, rt60Ticks * TickFrames),
        };
    }

    /// <summary>Adds the stroke's own noise.</summary>
    protected void Touch(in StateVariableFilter.Coefficients band, int levelQ15, int rt60Ticks)
    {
        _contactBand = band;
        _contactFilter = default;
        _contactTargetQ31 = levelQ15 << 14;
        _contactPerTick = Q31.Decay(TickFrames, (long)rt60Ticks * TickFrames);
    }

    /// <inheritdoc/>
    protected override void Let() => _damping = Q31.Decay(TickFrames, (long)_dampedRt60Ticks * TickFrames);

    /// <inheritdoc/>
    protected override int NextLevel()
    {
        bool isSounding = false;
        foreach (ref Mode mode in _modes.AsSpan())
        {
            mode.IsSounding = mode.TargetQ31 > 0;
            mode.TargetQ31 = Math.Max(Fall(mode.TargetQ31, mode.PerTick), 0);
            isSounding |= mode.IsSounding;
        }

        _contactQ31 = _contactTargetQ31;
        _contactTargetQ31 = Math.Max(Fall(_contactTargetQ31, _contactPerTick), 0);
        _contactStep = (_contactTargetQ31 - _contactQ31) / TickFrames;

        _damperQ31 = Math.Max(Fall(_damperQ31, _damping), 0);
        if (!isSounding || _damperQ31 == 0) return -1;
        if (_attackTick < _attackTicks) _attackTick++;
        Q31 attack = new(SineTable.RaisedCosine((int)((long)int.MaxValue * _attackTick / _attackTicks)));
        return (_loudness * attack * new Q31(_damperQ31)).Raw;
    }

    /// <inheritdoc/>
    protected override void Aim(int levelQ31)
    {
        foreach (ref Mode mode in _modes.AsSpan())
        {
            if (!mode.IsSounding) continue;
            Q31 level = new(new Q31(mode.TargetQ31) * levelQ31);
            int leftQ31 = _pan.Left * level.Raw, rightQ31 = _pan.Right * level.Raw;
            if (mode.IsPair)
            {
                mode.Near.Glide(leftQ31, rightQ31 >> 1, TickFrames);
                mode.Far.Glide(leftQ31 >> 1, rightQ31, TickFrames);
            }
            else
            {
                mode.Near.Glide(leftQ31, rightQ31, TickFrames);
            }
        }
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
    {
        foreach (ref Mode mode in _modes.AsSpan())
        {
            if (!mode.IsSounding) continue;
            mode.Near.Render(left, right);
            if (mode.IsPair) mode.Far.Render(left, right);
        }

        if (_contactQ31 > 0) RenderContact(left, right, levelQ31, levelStep);
    }

    private void RenderContact(Span<int> left, Span<int> right, int voiceQ31, int voiceStep)
    {
        StateVariableFilter filter = _contactFilter;
        int contactQ31 = _contactQ31;
        for (int i = 0; i < left.Length; i++)
        {
            Q31 level = new Q31(voiceQ31) * new Q31(contactQ31);
            int noise = level * filter.BandPass(Random.NextQ31() >> 4, _contactBand); // Q31 -> Q27
            left[i] += _pan.Left * noise >> (4 - NoiseHeadroomBits); // Q27 -> Q23 and 24 dB more
            right[i] += _pan.Right * noise >> (4 - NoiseHeadroomBits);
            contactQ31 += _contactStep;
            voiceQ31 += voiceStep;
        }

        _contactFilter = filter;
        _contactQ31 = contactQ31;
    }

    private struct Mode
    {
        public PannedOscillator<SineShape> Near, Far;
        public int TargetQ31;
        public Q31 PerTick;
        public bool IsPair, IsSounding;
    }
}
