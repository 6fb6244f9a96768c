using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>One note of a <see cref="PolyphonicInstrument"/>: its life from start to silence. What it sounds like is up to the derived class.</summary>
/// <remarks>
/// Slow things (envelopes, cutoffs, walks) move once per tick of 64 frames counted from the note's own start, and the level
/// glides between ticks; so neither block size nor the moment of the note changes its samples.
/// </remarks>
/// <param name="timbre">Shared by the instrument's voices.</param>
internal abstract class Voice(Timbre timbre)
{
    /// <summary>Frames between two decisions of envelope and filter: 1.33 ms.</summary>
    public const int TickFrames = 64;

    /// <summary>Ticks in a second.</summary>
    public const int TicksPerSecond = SynthEngine.SampleRateHz / TickFrames;

    private const int TickBits = 6; // 2^6 = 64
    private const int StealTicks = 24; // 32 ms: a fade this long is heard as neither click nor gap
    private const int SilentQ31 = 1 << 17; // -84 dB, some -100 dBFS once trimmed: what is left may go

    private ScoreEvent _successor;
    private bool _hasSuccessor;
    private bool _isEnding;
    private int _fadeTicksLeft;
    private int _levelQ31;
    private int _levelStep;
    private int _targetQ31;

    /// <summary>Chance of the note being played.</summary>
    private protected Xorshift32 Random;

    /// <summary>The note being played.</summary>
    public int NoteId { get; private set; }

    /// <summary>Whether it sounds or is about to.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether the note has been let go.</summary>
    public bool IsReleased { get; private set; }

    /// <summary>Which note it was, counted over the instrument's life: tells old from new.</summary>
    public long Order { get; private set; }

    /// <summary>Frames until the next tick.</summary>
    public int FramesToTick { get; private set; }

    /// <summary>Level at the last tick, Q31.</summary>
    public int LevelQ31 => _levelQ31;

    /// <summary>Shared by the instrument's voices.</summary>
    protected Timbre Timbre => timbre;

    /// <summary>Starts a note in an idle voice.</summary>
    public void Start(in ScoreEvent noteOn, long order)
    {
        NoteId = noteOn.NoteId;
        Order = order;
        Random = timbre.OfNote(order);
        IsActive = true;
        IsReleased = false;
        _hasSuccessor = false;
        _isEnding = false;
        _fadeTicksLeft = 0;
        FramesToTick = 0;
        _levelQ31 = 0;
        _targetQ31 = 0;
        Begin(noteOn);
    }

    /// <summary>Fades what sounds and then starts this note in its place.</summary>
    public void Replace(in ScoreEvent noteOn, long order)
    {
        if (!_hasSuccessor) _fadeTicksLeft = StealTicks;
        _successor = noteOn;
        _hasSuccessor = true;
        NoteId = noteOn.NoteId;
        Order = order;
        IsReleased = false;
    }

    /// <summary>Lets the note go.</summary>
    public void Release()
    {
        IsReleased = true;
        if (_hasSuccessor) _hasSuccessor = false; // let go before it began: the fade under way ends in silence
        else Let();
    }

    /// <summary>Adds the next frames, Q8.23.</summary>
    public void Render(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty && Prepare())
        {
            int frames = Math.Min(left.Length, FramesToTick);
            RenderFrames(left[..frames], right[..frames], _levelQ31, _levelStep);
            Advance(frames);
            left = left[frames..];
            right = right[frames..];
        }
    }

    /// <summary>Decides on the next tick if it is due.</summary>
    /// <returns>Whether there are frames to render: <see cref="FramesToTick"/> of them.</returns>
    public bool Prepare() => FramesToTick > 0 || Tick();

    /// <summary>Moves on by frames that somebody has rendered, at most <see cref="FramesToTick"/>.</summary>
    public void Advance(int frames)
    {
        _levelQ31 += _levelStep * frames;
        FramesToTick -= frames;
    }

    /// <summary>Prepares oscillators and envelope for a note.</summary>
    protected abstract void Begin(in ScoreEvent noteOn);

    /// <summary>The note was let go: the envelope turns to its release.</summary>
    protected abstract void Let();

    /// <summary>Moves everything slow on by one tick.</summary>
    /// <returns>The level to reach by the next tick, Q31; negative once the note has died away.</returns>
    protected abstract int NextLevel();

    /// <summary>The tick has begun: whatever glides by itself sets out for this level, Q31, which it reaches in 64 frames.</summary>
    protected virtual void Aim(int levelQ31)
    {
        // A voice whose RenderFrames takes the level as it goes has nothing to aim.
    }

    /// <summary>The note has faded: what it held is free.</summary>
    protected virtual void End()
    {
        // Most voices hold nothing but themselves.
    }

    /// <summary>Adds frames to the channels.</summary>
    /// <param name="left">Q8.23.</param>
    /// <param name="right">Q8.23.</param>
    /// <param name="levelQ31">Level of the first frame.</param>
    /// <param name="levelStep">What the level gains from frame to frame.</param>
    protected abstract void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep);

    /// <summary>What a velocity comes to, given the instrument's own level at full velocity.</summary>
    protected static Q31 Loudness(int velocityQ15, int fullQ15) => new((int)((long)Math.Clamp(velocityQ15, 0, ScoreEvent.UnityQ15) * fullQ15 << 1)); // Q30 -> Q31

    /// <summary>A phase step bent by a few cents: the straight line is off by 0.04 cent at 12, 0.2 at 25.</summary>
    protected static uint Bent(uint step, int centsQ12) => (uint)(step + ((long)step * centsQ12 * 2_423 >> 34)); // ln 2 / 1200, Q22

    /// <summary>One step of an exponential fall; negative once inaudible.</summary>
    internal static int Fall(int levelQ31, Q31 perTick) => levelQ31 < SilentQ31 ? -1 : perTick * levelQ31;

    private bool Tick()
    {
        FramesToTick = TickFrames;
        _levelQ31 = _targetQ31;
        if (_isEnding)
        {
            if (!_hasSuccessor)
            {
                End();
                return IsActive = false;
            }

            Start(_successor, Order);
            return Tick();
        }

        int nextQ31 = NextLevel();
        if (_fadeTicksLeft > 0)
        {
            // Each tick takes an equal share of what is left: a straight line for a steady note.
            int fadedQ31 = (int)((long)_targetQ31 * (_fadeTicksLeft - 1) / _fadeTicksLeft);
            nextQ31 = --_fadeTicksLeft == 0 ? -1 : Math.Min(nextQ31, fadedQ31);
        }

        _isEnding = nextQ31 < 0; // one more tick to glide to 0
        _targetQ31 = Math.Max(nextQ31, 0);
        _levelStep = (_targetQ31 - _levelQ31) >> TickBits;
        Aim(_targetQ31);
        return true;
    }
}
