using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class DelayTests
{
    private const int Time = Some.Second / 4;
    private const double MiddleHz = 709; // where the filter takes nothing

    /// <summary>A pad and a bell in a short minute of loud echoes, all parameters moving.</summary>
    internal static ScoreEvent[] Echoing() =>
    [
        .. Some.Minute(),
        .. Echoes(secondsQ15: 10_000, feedbackQ15: 22_000, wetQ15: Some.Unity),
        ScoreEvent.Set(40_001, SynthParameter.DelayTime, 12_345, 0),
        ScoreEvent.Set(60_007, SynthParameter.DelayFeedback, 10_000, Some.Second),
        ScoreEvent.Set(80_009, SynthParameter.DelayWet, 9_000, Some.Second / 2),
    ];

    [Fact]
    public void Echoes_come_on_time_from_the_other_side_first_each_softer_by_the_feedback()
    {
        int[] burst = Tone(4_800, 2 * Some.Second);
        (int[] left, int[] right, _) = Play(burst, new int[burst.Length], feedbackQ15: Some.Unity / 2, wetQ15: Some.Unity / 2);
        double sound = Measure.Dbfs(burst.AsSpan(0, 4_800));
        for (int echo = 1; echo <= 5; echo++)
        {
            (int[] near, int[] far) = echo % 2 == 1 ? (right, left) : (left, right);
            double db = Measure.Dbfs(near.AsSpan(echo * Time, 4_800)) - sound;
            Assert.InRange(db, -6.02 * echo - 0.4, -6.02 * echo + 0.4);
            int begins = near.AsSpan(echo * Time - 6_000).IndexOfAnyExceptInRange(-20, 20) - 6_000;
            Assert.InRange(begins, 1, 2); // as a sine does
            Assert.False(far.AsSpan(echo * Time, Time).ContainsAnyExceptInRange(-20, 20));
        }
    }

    [Theory]
    [InlineData(50, -11.6)] // 6 dB per octave below 200 Hz
    [InlineData(5_000, -6.2)] // and above 2.5 kHz
    [InlineData(MiddleHz, 0)]
    public void Each_generation_is_rounder_than_the_one_before(double hz, double expectedDb)
    {
        int[] tone = Tone(12_000, Some.Second, hz);
        (_, int[] right, _) = Play(tone, new int[tone.Length], feedbackQ15: 0, wetQ15: Some.Unity);
        double db = Measure.Dbfs(right.AsSpan(Time + 2_400, 9_600)) - Measure.Dbfs(tone.AsSpan(2_400, 9_600));
        Assert.InRange(db, expectedDb - 0.2, expectedDb + 0.2);
    }

    [Fact]
    public void Without_wet_the_engine_plays_as_if_there_were_no_delay()
    {
        ScoreEvent[] off = [.. Some.Minute(), .. Echoes(Some.Unity / 2, Some.Unity / 2, wetQ15: 0)];
        Assert.Equal(Some.Hash(Some.Rendered(3 * Some.Second, 256, Some.Minute())), Some.Hash(Some.Rendered(3 * Some.Second, 256, off)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    [InlineData(1_024)]
    public void Block_size_does_not_change_a_sample(int blockFrames) =>
        Assert.Equal(Some.Hash(Some.Rendered(3 * Some.Second, 256, Echoing())), Some.Hash(Some.Rendered(3 * Some.Second, blockFrames, Echoing())));

    [Fact]
    public void Sounds_as_when_last_listened_to() => Assert.Equal("C13D623AA2A00971", Some.Hash(Some.Rendered(3 * Some.Second, 256, Echoing())));

    [Theory]
    [InlineData(0)]
    [InlineData(16_384)]
    [InlineData(32_768)]
    public void Echoes_end_in_exact_silence_and_sleep_whatever_the_feedback(int feedbackQ15)
    {
        var random = new Random(1);
        int[] burst = [.. Enumerable.Range(0, 45 * Some.Second).Select(i => i < Time ? random.Next(-(1 << 22), 1 << 22) : 0)];
        (int[] left, int[] right, Delay delay) = Play(burst, burst, feedbackQ15, Some.Unity);
        Assert.True(delay.IsAsleep);
        Assert.Equal(feedbackQ15 > 0, left.AsSpan(Some.Second).ContainsAnyExcept(0));
        Assert.False(left[^Some.Second..].AsSpan().ContainsAnyExcept(0));
        Assert.False(right[^Some.Second..].AsSpan().ContainsAnyExcept(0));
    }

    [Fact]
    public void The_loudest_input_at_the_highest_feedback_never_runs_away_or_wraps()
    {
        int[] square = [.. Enumerable.Range(0, 30 * Some.Second).Select(i => i / 30 % 2 == 0 ? 8 << 23 : -8 << 23)];
        (int[] left, int[] right, _) = Play(square, square, 4 * Some.Unity, 4 * Some.Unity);
        double early = Measure.Dbfs(left.AsSpan(9 * Some.Second, 3 * Some.Second)), late = Measure.Dbfs(left.AsSpan(26 * Some.Second, 3 * Some.Second));
        Assert.InRange(late - early, -0.5, 0.5);
        Assert.InRange(left.Concat(right).Max(Math.Abs), 4 << 23, 26 << 23);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_forgotten_never_comes_back(bool isTurnedOff)
    {
        int[] once = Tone(4_800, 4 * Some.Second), twice = new int[24 * Some.Second];
        once.CopyTo(twice, 0);
        int again = isTurnedOff ? Some.Second : 20 * Some.Second;
        once.CopyTo(twice, again);
        (int[] left, int[] right, _) = Play(twice, twice, Some.Unity / 2, Some.Unity, (delay, at) =>
        {
            if (!isTurnedOff) return;
            if (at == Some.Second / 2) delay.SetWet(0, 0);
            if (at == Some.Second) delay.SetWet(Some.Unity, 0);
        });
        Assert.Contains(left[again..(again + Some.Second)], sample => sample != 0);
        Assert.False(left[again..(again + Time)].AsSpan().ContainsAnyExcept(0));
        Assert.Equal(left, right);
    }

    [Fact]
    public void Another_tempo_fades_in_without_a_change_of_pitch_or_level()
    {
        int[] tone = Tone(5 * Some.Second, 5 * Some.Second);
        (int[] left, _, _) = Play(tone, tone, 0, Some.Unity, (delay, at) =>
        {
            if (at == 2 * Some.Second) delay.SetTime(Q15(0.4));
        });
        double before = Measure.Dbfs(left.AsSpan(Some.Second, Some.Second)), after = Measure.Dbfs(left.AsSpan(3 * Some.Second, Some.Second));
        Assert.InRange(after - before, -0.1, 0.1);
        Assert.InRange(Measure.StrongestHz(left.AsSpan(2 * Some.Second, 24_000), MiddleHz - 20, MiddleHz + 20), MiddleHz - 2.5, MiddleHz + 2.5);
        Assert.InRange(left.Max(), 1 << 20, tone.Max() * 11 / 10);
    }

    [Theory]
    [InlineData(SynthParameter.DelayTime, 20_000)]
    [InlineData(SynthParameter.DelayFeedback, 0)]
    [InlineData(SynthParameter.DelayFeedback, 32_768)]
    [InlineData(SynthParameter.DelayWet, 0)]
    public void A_jump_leaves_nothing_above_12_kHz_louder_than_minus_70_dBFS(SynthParameter parameter, int valueQ15)
    {
        const int At = 2 * Some.Second + 17;
        ScoreEvent[] score = [.. Some.Minute().Where(e => e.Instrument != Some.Noise), .. Echoes(10_000, 20_000, Some.Unity)];
        short[] steady = Some.Rendered(3 * Some.Second, 256, score);
        short[] jumped = Some.Rendered(3 * Some.Second, 256, [.. score, ScoreEvent.Set(At, parameter, valueQ15, 0)]);
        for (int channel = 0; channel < 2; channel++)
        {
            int[] difference = [.. Enumerable.Range(3 * Some.Second / 2, 3 * Some.Second / 2).Select(i => jumped[2 * i + channel] - steady[2 * i + channel])];
            Assert.Contains(difference, sample => Math.Abs(sample) > 50);
            Assert.InRange(Measure.SharpestClickDbfs(difference), -1_000, -70);
        }
    }

    [Fact]
    public void Instruments_that_play_apart_add_up_to_what_they_play_together()
    {
        short[] Alone(Func<ScoreEvent, bool> isHeard) => Some.Rendered(3 * Some.Second, 256, [.. Echoing().Where(isHeard)]);
        bool IsForAll(ScoreEvent e) => e.Kind == ScoreEventKind.Parameter && e.Instrument == 0 && e.Parameter is not (SynthParameter.Brightness or SynthParameter.InstrumentGain);
        short[] mix = Alone(_ => true), sum = new short[mix.Length];
        foreach (int instrument in Echoing().Select(e => (int)e.Instrument).Distinct())
        {
            short[] stem = Alone(e => IsForAll(e) || e.Instrument == instrument);
            for (int i = 0; i < sum.Length; i++) sum[i] += stem[i];
        }

        int[] difference = [.. mix.Zip(sum, (a, b) => (a - b) << 8)];
        Assert.InRange(Measure.Dbfs(difference), -200, -80); // dither, four times over
    }

    [Fact]
    public void Playing_allocates_nothing()
    {
        SynthEngine engine = Some.Engine(Echoing());
        var block = new short[512];
        for (int i = 0; i < 100; i++) engine.Render(block);
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ => // the JIT, compiling a loop anew on this thread, may allocate once
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++) engine.Render(block);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    private static ScoreEvent[] Echoes(int secondsQ15, int feedbackQ15, int wetQ15) =>
    [
        ScoreEvent.Set(0, SynthParameter.DelayTime, secondsQ15, 0),
        ScoreEvent.Set(0, SynthParameter.DelayFeedback, feedbackQ15, 0),
        ScoreEvent.Set(0, SynthParameter.DelayWet, wetQ15, 0),
    ];

    private static int Q15(double value) => (int)Math.Round(value * Some.Unity);

    private static int[] Tone(int soundingFrames, int frames, double hz = MiddleHz) =>
        [.. Enumerable.Range(0, frames).Select(i => i < soundingFrames ? (int)((1 << 21) * Math.Sin(2 * Math.PI * hz / Some.Second * i)) : 0)];

    // The echoes alone.
    private static (int[] Left, int[] Right, Delay Delay) Play(int[] left, int[] right, int feedbackQ15, int wetQ15, Action<Delay, int>? change = null)
    {
        var delay = new Delay();
        delay.SetTime(Q15(0.25));
        delay.SetFeedback(feedbackQ15, 0);
        delay.SetWet(wetQ15, 0);
        StereoBus sent = StereoBus.Silent(), heard = StereoBus.Silent();
        for (int i = 0; i < 20; i++) delay.Process(sent, heard, 64); // the glides arrive
        (int[] Left, int[] Right) echoes = (new int[left.Length], new int[left.Length]);
        for (int at = 0; at + 64 <= left.Length; at += 64)
        {
            change?.Invoke(delay, at);
            left.AsSpan(at, 64).CopyTo(sent.Left);
            right.AsSpan(at, 64).CopyTo(sent.Right);
            heard.Clear(64);
            delay.Process(sent, heard, 64);
            heard.Left.CopyTo(echoes.Left, at);
            heard.Right.CopyTo(echoes.Right, at);
        }

        return (echoes.Left, echoes.Right, delay);
    }
}
