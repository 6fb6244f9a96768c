using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Chorus of one instrument: two copies for each side, some 17 and 25 ms late, that sway by 4 cents around the pitch.</summary>
/// <remarks>
/// Loudness stays: what the copies gain the sound itself loses in power. Rates and centres are those of the chorus in Mutable Instruments
/// Rings (0.20 and 0.26 Hz), the sway is less than half of it: above 10 cents a chorus makes seasick. The right side sways a quarter turn after
/// the left one. Works on ticks of 64 frames, counted from its first frame ever, and sleeps once its lines are empty.
/// </remarks>
internal sealed class Chorus : IEffect
{
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int Capacity = 2_048;
    private const int GuardBits = 4; // Q23 -> Q27
    private const int MaxInputQ23 = 4 << 23;
    private const uint QuarterTurn = 1u << 30;
    private const uint FullShare = 615_277_663; // arc tangent of sqrt(2) x -1 dB: each copy 1 dB softer than the sound; more would be hollow in mono
    private const int CopyQ31 = 1_518_500_250; // 1 / sqrt(2): two copies

    private static readonly Sway Near = new(CentreFrames: 802, SwingFrames: 88, Step: (uint)(Pitch.StepPerHertz * TickFrames / 5)); // 0.20 Hz: 4.0 cents
    private static readonly Sway Far = new(CentreFrames: 1_200, SwingFrames: 67, Step: (uint)(Pitch.StepPerHertz * TickFrames * 26 / 100)); // 0.26 Hz: 3.9 cents

    private readonly DelayLine _left = new(Capacity), _right = new(Capacity);
    private readonly int[] _copiesLeft = new int[TickFrames], _copiesRight = new int[TickFrames];
    private readonly int _soundQ23, _copiesQ31;
    private uint _nearPhase, _farPhase;
    private int _frame; // of the tick
    private int _write;
    private int _silentFrames = Capacity; // whole ticks

    /// <summary>Makes one.</summary>
    /// <param name="shareQ15">How much of it there is: 0 none, 32 768 each copy 1 dB softer than the sound.</param>
    public Chorus(int shareQ15)
    {
        uint angle = (uint)((ulong)FullShare * (uint)shareQ15 >> 15);
        _soundQ23 = SineTable.CosineAt(angle) >> 8;
        _copiesQ31 = new Q31(CopyQ31) * SineTable.At(angle);
    }

    /// <summary>Whether nothing is left in it; <see cref="Skip"/> then does for <see cref="Process"/>.</summary>
    public bool IsAsleep { get; private set; } = true;

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        IsAsleep = false;
        while (!left.IsEmpty)
        {
            int frames = Math.Min(left.Length, TickFrames - _frame);
            Mix(left[..frames], _left.Block(_write), _copiesLeft.AsSpan(_frame, frames));
            Mix(right[..frames], _right.Block(_write), _copiesRight.AsSpan(_frame, frames));
            left = left[frames..];
            right = right[frames..];
            _frame += frames;
            if (_frame < TickFrames) continue;
            Sways();
            Tick();
        }
    }

    /// <summary>Lets time pass for the swaying while there is nothing to play.</summary>
    public void Skip(int frames)
    {
        _frame += frames;
        if (_frame >= TickFrames) Sways();
    }

    private void Mix(Span<int> channel, Span<int> block, ReadOnlySpan<int> copies)
    {
        channel.CopyTo(block[_frame..]);
        Gain.Apply(channel, _soundQ23);
        Gain.Add(copies, Gain.Unity, channel);
    }

    private void Sways()
    {
        _frame -= TickFrames;
        _nearPhase = unchecked(_nearPhase + Near.Step);
        _farPhase = unchecked(_farPhase + Far.Step);
    }

    private void Tick()
    {
        Span<int> left = _left.Block(_write), right = _right.Block(_write);
        bool isSilent = !left.ContainsAnyExcept(0) && !right.ContainsAnyExcept(0);
        _silentFrames = isSilent ? Math.Min(_silentFrames + TickFrames, Capacity) : 0;
        IsAsleep = _silentFrames == Capacity; // then the lines hold nothing but zeros
        if (IsAsleep)
        {
            Array.Clear(_copiesLeft);
            Array.Clear(_copiesRight);
            return;
        }

        int lanes = LaneWidth.Current;
        if (lanes == 8) Run<Lanes8>(left, right);
        else if (lanes == 4) Run<Lanes4>(left, right);
        else Run<Lane1>(left, right);
    }

    private void Run<T>(Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        Widen<T>(left);
        Widen<T>(right);
        _left.Seal(_write);
        _right.Seal(_write);
        _write = unchecked(_write + TickFrames);
        Copy<T>(_left, _copiesLeft, turn: 0);
        Copy<T>(_right, _copiesRight, QuarterTurn);
    }

    private static void Widen<T>(Span<int> block)
        where T : struct, ILanes<T>
    {
        T low = T.All(-MaxInputQ23), high = T.All(MaxInputQ23);
        for (int i = 0; i < block.Length; i += T.Count) (T.Clamp(T.Load(ref block[i]), low, high) << GuardBits).Store(ref block[i]);
    }

    // Both copies for the next tick.
    private void Copy<T>(DelayLine line, Span<int> copies, uint turn)
        where T : struct, ILanes<T>
    {
        copies.Clear();
        Read<T>(line, copies, Near, unchecked(_nearPhase + turn));
        Read<T>(line, copies, Far, unchecked(_farPhase + turn));
        T gain = T.All(_copiesQ31), half = T.All(1 << (GuardBits - 2));
        for (int i = 0; i < copies.Length; i += T.Count) ((T.MultiplyQ31(gain, T.Load(ref copies[i])) + half) >> (GuardBits - 1)).Store(ref copies[i]); // Q26 -> Q23
    }

    private void Read<T>(DelayLine line, Span<int> copies, Sway sway, uint phase)
        where T : struct, ILanes<T>
    {
        const int Runs = TickFrames / Interpolator.RunFrames;
        int delayQ16 = sway.DelayQ16(phase), step = (sway.DelayQ16(unchecked(phase + sway.Step)) - delayQ16) / Runs;
        for (int i = 0; i < TickFrames; i += Interpolator.RunFrames)
        {
            int wholeQ16 = (delayQ16 + step / 2) & ~0xFFFF; // at mid-run: either end lies within it, or hardly beyond
            ReadOnlySpan<int> source = line.From(unchecked(_write + i - (wholeQ16 >> 16) - Interpolator.Before));
            Interpolator.Add<T>(source, copies[i..], delayQ16 - wholeQ16, delayQ16 + step - wholeQ16);
            delayQ16 += step;
        }
    }

    // One slow sine that a delay follows. Swing times step: 1731 cents x 2 pi x 0.20 Hz x 1.83 ms = 4.0 cents.
    private readonly record struct Sway(int CentreFrames, int SwingFrames, uint Step)
    {
        public int DelayQ16(uint phase) => (CentreFrames << 16) + (int)((long)SineTable.At(phase) * SwingFrames >> 15);
    }
}
