using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Room: a network of eight moving lines, sixteen where it rings for more than 4 s, behind a pre-delay; band-limited and darker the longer it rings.</summary>
/// <remarks>
/// Works on ticks of 64 frames, counted from its first frame ever, and answers one tick later, which counts as pre-delay. When the number
/// of lines changes, only what the two networks are sent is cross-faded: what rings in the old one rings out there.
/// </remarks>
internal sealed class Reverb : IEffect
{
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int PreDelayFrames = 18 * TickFrames; // with the tick before the answer 25 ms
    private const int SilentFrames = 128 * TickFrames; // 0.17 s: the pre-delay is empty, filters and diffusers have died away
    private const int LongestLineFrames = 8_192;
    private const int FadeFrames = 9_600; // 0.2 s
    private const int GuardBits = 3; // Q23 -> Q26
    private const int MaxInputQ23 = 7_500_000; // 0.9: even resonance at RT60 = 10 s then stays within +-32
    private const int SentQ31 = 715_827_883; // 1/3
    private const int MaxSentQ26 = MaxInputQ23 / 3 << GuardBits;
    private const int MinRt60Q15 = 1_638; // 0.5 s
    private const int SixteenLinesQ15 = 13_107; // above 4 s

    private readonly FeedbackNetwork _eight = new([1_447, 1_789, 2_179, 2_591, 3_067, 3_637, 4_363, 5_227]);
    private readonly FeedbackNetwork _sixteen = new([1_511, 1_747, 2_003, 2_273, 2_557, 2_857, 3_169, 3_491, 3_821, 4_159, 4_507, 4_861, 5_227, 5_591, 5_953, 6_311]);
    private readonly int[] _preDelayLeft = new int[PreDelayFrames], _preDelayRight = new int[PreDelayFrames];
    private readonly SendFilter _filter = new();
    private readonly Allpass[] _leftDiffusers = [new(241), new(557)], _rightDiffusers = [new(263), new(601)];
    private readonly int[] _receivedLeft = new int[TickFrames], _receivedRight = new int[TickFrames];
    private readonly int[] _answerLeft = new int[TickFrames], _answerRight = new int[TickFrames];
    private readonly int[] _inLeft = new int[TickFrames], _inRight = new int[TickFrames];
    private readonly int[] _shareLeft = new int[TickFrames], _shareRight = new int[TickFrames];
    private readonly int[] _ownLeft = new int[TickFrames], _ownRight = new int[TickFrames];
    private Glide _rt60;
    private Glide _sixteenShare; // of what is sent, the part that goes to sixteen lines
    private int _preDelayAt;
    private int _frame; // of the tick
    private int _silentFrames; // of input, whole ticks
    private long _eightSlept, _sixteenSlept; // ticks
    private bool _isEightAwake, _isSixteenAwake;

    /// <summary>Makes an empty room.</summary>
    /// <param name="rt60Q15">RT60 / 10 s.</param>
    public Reverb(int rt60Q15)
    {
        _rt60 = new(rt60Q15, minRampFrames: 4_800);
        _sixteenShare = new(rt60Q15 > SixteenLinesQ15 ? ScoreEvent.UnityQ15 : 0, FadeFrames);
        TuneDamping();
    }

    /// <summary>Whether all tails have died; it then costs nothing.</summary>
    public bool IsAsleep { get; private set; } = true;

    /// <summary>Glides to a reverb time.</summary>
    /// <param name="rt60Q15">RT60 / 10 s, clamped to 0.05..1.</param>
    /// <param name="rampFrames">At least 0.1 s is taken.</param>
    public void SetTime(int rt60Q15, int rampFrames)
    {
        rt60Q15 = Math.Clamp(rt60Q15, MinRt60Q15, ScoreEvent.UnityQ15);
        _rt60.To(rt60Q15, rampFrames);
        int shareQ15 = rt60Q15 > SixteenLinesQ15 ? ScoreEvent.UnityQ15 : 0;
        if (_sixteenShare.HasSettled && shareQ15 == _sixteenShare.ValueQ15) return;
        _sixteenShare.To(shareQ15, FadeFrames);
    }

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty)
        {
            int frames = Math.Min(left.Length, TickFrames - _frame);
            Exchange(left[..frames], _receivedLeft.AsSpan(_frame), _answerLeft.AsSpan(_frame));
            Exchange(right[..frames], _receivedRight.AsSpan(_frame), _answerRight.AsSpan(_frame));
            left = left[frames..];
            right = right[frames..];
            _frame += frames;
            if (_frame < TickFrames) continue;
            _frame = 0;
            Tick();
        }
    }

    private static void Exchange(Span<int> channel, Span<int> received, ReadOnlySpan<int> answer)
    {
        channel.CopyTo(received);
        answer[..channel.Length].CopyTo(channel);
    }

    private void Tick()
    {
        bool isSilent = !_receivedLeft.AsSpan().ContainsAnyExcept(0) && !_receivedRight.AsSpan().ContainsAnyExcept(0);
        _silentFrames = isSilent ? Math.Min(_silentFrames + TickFrames, 2 * SilentFrames) : 0;
        if (IsAsleep && isSilent)
        {
            _eightSlept++;
            _sixteenSlept++;
            return;
        }

        IsAsleep = false;
        if (_silentFrames == SilentFrames) ClearInput(); // filters that have died away would hum on in their last bits
        if (!_rt60.HasSettled)
        {
            _rt60.Advance(TickFrames);
            TuneDamping();
        }

        Answer();
        if (_sixteenShare.HasSettled) Rest();
    }

    // Puts to sleep what has died away: the network that is not sent anything by itself, the other one only with all the rest.
    private void Rest()
    {
        bool isSixteen = _sixteenShare.ValueQ15 > 0;
        if (isSixteen) PutToSleepIfQuiet(_eight, ref _isEightAwake);
        else PutToSleepIfQuiet(_sixteen, ref _isSixteenAwake);
        bool isOtherAwake = isSixteen ? _isEightAwake : _isSixteenAwake;
        if (!isOtherAwake && IsQuiet(isSixteen ? _sixteen : _eight) && _silentFrames > SilentFrames) Clear();
    }

    private static void WakeUp(FeedbackNetwork network, ref bool isAwake, ref long slept)
    {
        if (isAwake) return;
        network.SleepOver(slept);
        slept = 0;
        isAwake = true;
    }

    private static bool IsQuiet(FeedbackNetwork network) => network.QuietFrames >= LongestLineFrames + PreDelayFrames;

    private static void PutToSleepIfQuiet(FeedbackNetwork network, ref bool isAwake)
    {
        if (!isAwake || !IsQuiet(network)) return;
        network.Clear();
        isAwake = false;
    }

    private void TuneDamping()
    {
        int rt60Frames = (int)(_rt60.ValueQ23 * (10L * SynthEngine.SampleRateHz) >> 23);
        _eight.SetTime(rt60Frames);
        _sixteen.SetTime(rt60Frames);
    }

    private void Answer()
    {
        Receive(_receivedLeft, _receivedRight, _inLeft, _inRight);
        Array.Clear(_answerLeft);
        Array.Clear(_answerRight);
        if (_sixteenShare.HasSettled)
        {
            bool isSixteen = _sixteenShare.ValueQ15 > 0;
            if (isSixteen) WakeUp(_sixteen, ref _isSixteenAwake, ref _sixteenSlept);
            else WakeUp(_eight, ref _isEightAwake, ref _eightSlept);
            (isSixteen ? _sixteen : _eight).Process(_inLeft, _inRight, _answerLeft, _answerRight);
            if (isSixteen ? _isEightAwake : _isSixteenAwake)
            {
                Array.Clear(_inLeft);
                Array.Clear(_inRight);
                AddAnswer(isSixteen ? _eight : _sixteen, _inLeft, _inRight); // what still rings there
            }
        }
        else
        {
            WakeUp(_eight, ref _isEightAwake, ref _eightSlept);
            WakeUp(_sixteen, ref _isSixteenAwake, ref _sixteenSlept);
            Share();
            _eight.Process(_inLeft, _inRight, _answerLeft, _answerRight);
            AddAnswer(_sixteen, _shareLeft, _shareRight);
        }

        if (!_isEightAwake) _eightSlept++;
        if (!_isSixteenAwake) _sixteenSlept++;
    }

    private void Share()
    {
        for (int i = 0; i < TickFrames; i++)
        {
            _sixteenShare.Advance();
            long shareQ23 = _sixteenShare.ValueQ23;
            _shareLeft[i] = (int)(_inLeft[i] * shareQ23 >> 23);
            _shareRight[i] = (int)(_inRight[i] * shareQ23 >> 23);
            _inLeft[i] -= _shareLeft[i];
            _inRight[i] -= _shareRight[i];
        }
    }

    // By itself first, so that the network can tell whether it is the one that is heard.
    private void AddAnswer(FeedbackNetwork network, int[] inLeft, int[] inRight)
    {
        Array.Clear(_ownLeft);
        Array.Clear(_ownRight);
        network.Process(inLeft, inRight, _ownLeft, _ownRight);
        for (int i = 0; i < TickFrames; i++)
        {
            _answerLeft[i] += _ownLeft[i];
            _answerRight[i] += _ownRight[i];
        }
    }

    // Pre-delay, the send's own high-pass and low-pass, diffusion.
    private void Receive(Span<int> left, Span<int> right, Span<int> inLeft, Span<int> inRight)
    {
        Scale(left);
        Scale(right);
        PreDelay(_preDelayLeft, left, inLeft);
        PreDelay(_preDelayRight, right, inRight);
        _preDelayAt = (_preDelayAt + TickFrames) % PreDelayFrames;
        _filter.Process(inLeft, inRight);
        foreach (Allpass diffuser in _leftDiffusers) diffuser.Process(inLeft);
        foreach (Allpass diffuser in _rightDiffusers) diffuser.Process(inRight);
        Clamp(inLeft);
        Clamp(inRight);
    }

    // Clamps, gives guard bits, multiplies.
    private static void Scale(Span<int> samples)
    {
        int lanes = LaneWidth.Current;
        if (lanes == 8) Scale<Lanes8>(samples);
        else if (lanes == 4) Scale<Lanes4>(samples);
        else Scale<Lane1>(samples);
    }

    private static void Scale<T>(Span<int> samples)
        where T : struct, ILanes<T>
    {
        T low = T.All(-MaxInputQ23), high = T.All(MaxInputQ23), gain = T.All(SentQ31);
        for (int i = 0; i < samples.Length; i += T.Count) T.MultiplyQ31(gain, T.Clamp(T.Load(ref samples[i]), low, high) << GuardBits).Store(ref samples[i]);
    }

    private static void Clamp(Span<int> samples)
    {
        int lanes = LaneWidth.Current;
        if (lanes == 8) Clamp<Lanes8>(samples);
        else if (lanes == 4) Clamp<Lanes4>(samples);
        else Clamp<Lane1>(samples);
    }

    private static void Clamp<T>(Span<int> samples)
        where T : struct, ILanes<T>
    {
        T low = T.All(-MaxSentQ26), high = T.All(MaxSentQ26);
        for (int i = 0; i < samples.Length; i += T.Count) T.Clamp(T.Load(ref samples[i]), low, high).Store(ref samples[i]);
    }

    private void PreDelay(int[] ring, ReadOnlySpan<int> samples, Span<int> delayed)
    {
        Span<int> block = ring.AsSpan(_preDelayAt, TickFrames);
        block.CopyTo(delayed);
        samples.CopyTo(block);
    }

    private void Clear()
    {
        _eight.Clear();
        _sixteen.Clear();
        _isEightAwake = _isSixteenAwake = false;
        ClearInput();
        Array.Clear(_answerLeft);
        Array.Clear(_answerRight);
        _silentFrames = 0;
        IsAsleep = true;
    }

    private void ClearInput()
    {
        Array.Clear(_preDelayLeft);
        Array.Clear(_preDelayRight);
        foreach (Allpass diffuser in _leftDiffusers) diffuser.Clear();
        foreach (Allpass diffuser in _rightDiffusers) diffuser.Clear();
        _filter.Clear();
    }
}
