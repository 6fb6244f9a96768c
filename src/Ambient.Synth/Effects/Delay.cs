using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Echoes of what is sent, from the other side first, then back and forth, softer and rounder each time; for a beat or part of one.</summary>
/// <remarks>
/// Works on ticks of 64 frames, counted from its first frame ever. A new time is read by a second tap that the first one fades into, so that
/// nothing slides in pitch. The rings are never cleared: what is older than the last waking up counts as silence.
/// </remarks>
internal sealed class Delay
{
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int Capacity = 1 << 17; // 2.73 s
    private const int MinTimeFrames = 960; // 20 ms
    private const int MaxTimeFrames = Capacity - 2 * TickFrames;
    private const int FadeFrames = 9_600; // 0.2 s
    private const int MaxFeedbackQ15 = 29_491; // 0.9
    private const int GuardBits = 3; // Q23 -> Q26
    private const int MaxInputQ23 = 1 << 23;
    private const int MaxLoopQ26 = 12 << 26; // ten times the input, and then some
    private const int RestQ26 = 96 << GuardBits; // -99 dB

    private readonly DelayLine _fromLeft = new(Capacity), _fromRight = new(Capacity);
    private readonly EchoFilter _filter = new();
    private readonly StereoBus _received = StereoBus.Silent(), _answer = StereoBus.Silent();
    private readonly StereoBus _echo = StereoBus.Silent(); // Q26, of the tick that is being received
    private readonly StereoBus _next = StereoBus.Silent();
    private Glide _wet = new(0, SynthEngine.MinRampFrames);
    private Glide _feedback = new(0, SynthEngine.MinRampFrames);
    private Glide _fade = new(0, FadeFrames); // from the time that sounds to the next one
    private int _timeFrames = MinTimeFrames, _nextTimeFrames = MinTimeFrames, _wantedTimeFrames = MinTimeFrames;
    private int _frame; // of the tick
    private int _write;
    private int _ageFrames; // since it woke up
    private int _quietFrames; // in which nothing was written that can be heard
    private bool _isOff = true;

    /// <summary>Whether nothing echoes; it then costs nothing.</summary>
    public bool IsAsleep { get; private set; } = true;

    /// <summary>Cross-fades to another time between sound and echo.</summary>
    /// <param name="secondsQ15">Seconds, clamped to 0.02..2.7.</param>
    public void SetTime(int secondsQ15) =>
        _wantedTimeFrames = (int)Math.Clamp(((long)secondsQ15 * SynthEngine.SampleRateHz + ScoreEvent.UnityQ15 / 2) / ScoreEvent.UnityQ15, MinTimeFrames, MaxTimeFrames);

    /// <summary>Glides to what an echo leaves to the next one, clamped to 0..0.9.</summary>
    public void SetFeedback(int gainQ15, int rampFrames) => _feedback.To(Math.Min(gainQ15, MaxFeedbackQ15), rampFrames);

    /// <summary>Glides to another level of the first echo against what is sent, clamped to 0..1; 0 turns it off and forgets.</summary>
    public void SetWet(int gainQ15, int rampFrames) => _wet.To(Math.Min(gainQ15, ScoreEvent.UnityQ15), rampFrames);

    /// <summary>Takes the next frames of what is sent and adds echoes of earlier ones to it and to the dry bus.</summary>
    /// <param name="sent">What goes to the reverb: echoes bloom in there, too.</param>
    /// <param name="dry">What is heard at once.</param>
    /// <param name="frames">1..64, at most to the end of the tick.</param>
    public void Process(in StereoBus sent, in StereoBus dry, int frames)
    {
        if (!_isOff)
        {
            Exchange(sent.Left.AsSpan(0, frames), dry.Left, _received.Left, _answer.Left);
            Exchange(sent.Right.AsSpan(0, frames), dry.Right, _received.Right, _answer.Right);
        }

        _frame += frames;
        if (_frame < TickFrames) return;
        _frame = 0;
        Tick();
    }

    private void Exchange(Span<int> sent, Span<int> dry, Span<int> received, ReadOnlySpan<int> answer)
    {
        sent.CopyTo(received[_frame..]);
        if (IsAsleep) return;
        ReadOnlySpan<int> echo = answer.Slice(_frame, sent.Length);
        Gain.Add(echo, Gain.Unity, sent);
        Gain.Add(echo, Gain.Unity, dry);
    }

    private void Tick()
    {
        if (_wet is { HasSettled: true, ValueQ15: 0 })
        {
            if (!_isOff) Forget();
            _isOff = true;
            _feedback.Advance(TickFrames);
            return;
        }

        if (_isOff) _received.Clear(TickFrames); // while off it does not listen
        _isOff = false;
        if (IsAsleep && IsSilent(_received))
        {
            _wet.Advance(TickFrames);
            _feedback.Advance(TickFrames);
            return;
        }

        if (IsAsleep) _timeFrames = _nextTimeFrames = _wantedTimeFrames;
        IsAsleep = false;
        int lanes = LaneWidth.Current;
        if (lanes == 8) Run<Lanes8>();
        else if (lanes == 4) Run<Lanes4>();
        else Run<Lane1>();
        if (_quietFrames >= Math.Max(_timeFrames, _nextTimeFrames)) Forget(); // neither tap can read anything that is heard
    }

    private static bool IsSilent(in StereoBus bus) => !bus.Left.AsSpan().ContainsAnyExcept(0) && !bus.Right.AsSpan().ContainsAnyExcept(0);

    private void Run<T>()
        where T : struct, ILanes<T>
    {
        (int feedbackQ31, int feedbackStep) = Ramp(ref _feedback);
        Store<T>(_fromLeft, _received.Left, _echo.Left, feedbackQ31, feedbackStep);
        Store<T>(_fromRight, _received.Right, _echo.Right, feedbackQ31, feedbackStep);
        bool isQuiet = IsQuiet(_fromLeft.Block(_write)) && IsQuiet(_fromRight.Block(_write));
        _quietFrames = isQuiet ? Math.Min(_quietFrames + TickFrames, Capacity) : 0;
        _ageFrames = Math.Min(_ageFrames + TickFrames, Capacity);
        _write = unchecked(_write + TickFrames);
        ReadEchoes<T>();
        _filter.Process(_echo.Left, _echo.Right);
        (int wetQ31, int wetStep) = Ramp(ref _wet);
        Answer<T>(_echo.Left, _answer.Left, wetQ31, wetStep);
        Answer<T>(_echo.Right, _answer.Right, wetQ31, wetStep);
    }

    private void ReadEchoes<T>()
        where T : struct, ILanes<T>
    {
        if (_timeFrames == _nextTimeFrames && _nextTimeFrames != _wantedTimeFrames)
        {
            _nextTimeFrames = _wantedTimeFrames;
            _fade = new(0, FadeFrames);
            _fade.To(ScoreEvent.UnityQ15, FadeFrames);
        }

        Read(_echo, _timeFrames);
        if (_timeFrames == _nextTimeFrames) return;
        Read(_next, _nextTimeFrames);
        (int fadeQ31, int fadeStep) = Ramp(ref _fade);
        Fade<T>(_echo.Left, _next.Left, fadeQ31, fadeStep);
        Fade<T>(_echo.Right, _next.Right, fadeQ31, fadeStep);
        if (_fade.HasSettled) _timeFrames = _nextTimeFrames;
    }

    // The sides change places here: what came from the left is heard on the right.
    private void Read(in StereoBus to, int timeFrames)
    {
        int delayFrames = timeFrames - EchoFilter.LatencyFrames;
        int silentFrames = Math.Clamp(delayFrames - _ageFrames, 0, TickFrames);
        int from = unchecked(_write - delayFrames);
        _fromLeft.From(from)[..TickFrames].CopyTo(to.Right);
        _fromRight.From(from)[..TickFrames].CopyTo(to.Left);
        to.Clear(silentFrames);
    }

    // Where a glide stands at both ends of this tick.
    private static (int FromQ31, int Step) Ramp(ref Glide glide)
    {
        int from = glide.ValueQ31;
        glide.Advance(TickFrames);
        return (from, (glide.ValueQ31 - from) / TickFrames);
    }

    private static void Fade<T>(Span<int> samples, ReadOnlySpan<int> into, int fadeQ31, int step)
        where T : struct, ILanes<T>
    {
        T fade = T.All(fadeQ31) + T.Ramp(step), next = T.All(step * T.Count);
        for (int i = 0; i < samples.Length; i += T.Count)
        {
            T sample = T.Load(ref samples[i]);
            (sample + T.MultiplyQ31(fade, T.Load(in into[i]) - sample)).Store(ref samples[i]);
            fade += next;
        }
    }

    private void Store<T>(DelayLine line, ReadOnlySpan<int> received, ReadOnlySpan<int> echo, int feedbackQ31, int step)
        where T : struct, ILanes<T>
    {
        Span<int> block = line.Block(_write);
        T feedback = T.All(feedbackQ31) + T.Ramp(step), next = T.All(step * T.Count);
        T low = T.All(-MaxInputQ23), high = T.All(MaxInputQ23), lowest = T.All(-MaxLoopQ26), highest = T.All(MaxLoopQ26);
        for (int i = 0; i < block.Length; i += T.Count)
        {
            T sum = (T.Clamp(T.Load(in received[i]), low, high) << GuardBits) + T.MultiplyQ31(feedback, T.Load(in echo[i]));
            T.Clamp(sum, lowest, highest).Store(ref block[i]);
            feedback += next;
        }

        line.Seal(_write);
    }

    private static void Answer<T>(ReadOnlySpan<int> echo, Span<int> answer, int wetQ31, int step)
        where T : struct, ILanes<T>
    {
        T wet = T.All(wetQ31) + T.Ramp(step), next = T.All(step * T.Count), half = T.All(1 << (GuardBits - 1));
        for (int i = 0; i < answer.Length; i += T.Count)
        {
            ((T.MultiplyQ31(wet, T.Load(in echo[i])) + half) >> GuardBits).Store(ref answer[i]);
            wet += next;
        }
    }

    private static bool IsQuiet(ReadOnlySpan<int> blockQ26) => !blockQ26.ContainsAnyExceptInRange(-RestQ26, RestQ26);

    private void Forget()
    {
        _filter.Clear();
        _echo.Clear(TickFrames);
        _answer.Clear(TickFrames);
        _ageFrames = _quietFrames = 0;
        _timeFrames = _nextTimeFrames = _wantedTimeFrames;
        IsAsleep = true;
    }
}
