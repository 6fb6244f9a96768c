using System.Text;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;
using Ambient.Synth.Effects;
using Ambient.Synth.Instruments;
using Ambient.Synth.Instruments.Presets;
using Ambient.Synth.Tests.Instruments;

namespace Ambient.Synth.Tests.Effects;

public sealed class ChorusTests
{
    [Theory]
    [InlineData(440, -95)]
    [InlineData(1_000, -95)]
    [InlineData(2_000, -95)]
    [InlineData(5_000, -80)]
    public void A_moving_copy_of_a_tone_is_a_tone_of_another_pitch_and_nothing_else(double hz, double atMostDb)
    {
        const double Slope = 0.0023; // 4 cents: as fast as a copy ever moves
        const int Run = Interpolator.RunFrames;
        int[] tone = [.. Enumerable.Range(0, Some.Second).Select(i => (int)((1 << 28) * Math.Sin(2 * Math.PI * hz / Some.Second * i)))];
        int[] copy = new int[Some.Second / 2 / Run * Run];
        for (int i = 0; i < copy.Length; i += Run)
        {
            int DelayQ16(int frame) => (int)Math.Round((1_000 + Slope * frame) * 65_536);
            int whole = DelayQ16(i + Run / 2) >> 16;
            Interpolator.Add<Lane1>(tone.AsSpan(4_000 + i - whole - Interpolator.Before), copy.AsSpan(i, Run), DelayQ16(i) - (whole << 16), DelayQ16(i + Run) - (whole << 16));
        }

        Assert.InRange(Measure.ResidueDb(copy, hz * (1 - Slope)), -200, atMostDb);
        Assert.InRange(copy.Max(), (1 << 27) * 0.999, (1 << 27) * 1.001);
    }

    [Fact]
    public void Copies_sway_by_4_cents_at_most_and_by_3_at_least()
    {
        // A click every 0.1 s: where its two copies lie tells both delays.
        const int Period = 4_800;
        (int[] left, int[] right) = Play(i => i % Period == 0 ? 1 << 23 : 0, 12 * Some.Second, Some.Unity);
        foreach (int[] side in (int[][])[left, right])
        {
            foreach ((int from, int until) in ((int, int)[])[(600, 1_000), (1_000, 1_400)])
            {
                double[] delays = [.. Enumerable.Range(1, 12 * Some.Second / Period - 2).Select(i => from + Centre(side.AsSpan(i * Period + from, until - from)))];
                double[] cents = [.. delays.Zip(delays.Skip(1), (a, b) => 1_200 * Math.Log2(1 - (b - a) / Period))];
                Assert.InRange(cents.Max(), 3, 4.1);
                Assert.InRange(cents.Min(), -4.1, -3);
            }
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_384)]
    [InlineData(32_768)]
    public void Loudness_stays_the_sides_part_and_their_sum_is_not_hollow(int shareQ15)
    {
        var random = new Random(1);
        int[] noise = [.. Enumerable.Range(0, 10 * Some.Second).Select(_ => random.Next(-(1 << 21), 1 << 21))];
        (int[] left, int[] right) = Play(i => noise[i], noise.Length, shareQ15);
        int[] sum = [.. left.Zip(right, (l, r) => (l + r) / 2)];
        Assert.InRange(Measure.Dbfs(left) - Measure.Dbfs(noise), -0.5, 0.5);
        Assert.InRange(Measure.Dbfs(right) - Measure.Dbfs(noise), -0.5, 0.5);
        Assert.InRange(Measure.Correlation(left, right), 0.3, 0.98);
        Assert.InRange(Measure.Dbfs(sum) - Measure.Dbfs(noise), -2, 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    public void Block_size_does_not_change_a_sample(int blockFrames) =>
        Assert.Equal(InstrumentTests.Hash(Strip("marimba", 3 * Some.Second, Some.Unity / 2, 64)), InstrumentTests.Hash(Strip("marimba", 3 * Some.Second, Some.Unity / 2, blockFrames)));

    [Fact]
    public void Sounds_as_when_last_listened_to() => Assert.Equal("DCD5E664C4CF88CC", InstrumentTests.Hash(Strip("pad", 3 * Some.Second, Some.Unity / 2, 64)));

    [Fact]
    public void Without_chorus_a_strip_is_what_its_instrument_plays() =>
        Assert.Equal(InstrumentTests.Hash(InstrumentTests.Phrase("marimba", 64)), InstrumentTests.Hash(Strip("marimba", 96_001, 0, 64, isPhrase: true)));

    [Fact]
    public void The_copies_of_the_last_note_are_heard_out_and_the_end_is_exact_silence()
    {
        (int[] without, _) = Strip("marimba", 12 * Some.Second, 0, 64);
        (int[] with, int[] right) = Strip("marimba", 12 * Some.Second, Some.Unity, 64);
        int end = without.AsSpan().LastIndexOfAnyExcept(0), later = with.AsSpan().LastIndexOfAnyExcept(0);
        Assert.InRange(later - end, 600, 1_400); // 25 ms, as far as anything is left to round to one
        Assert.InRange(right.AsSpan().LastIndexOfAnyExcept(0), end, 11 * Some.Second);
        int[] corner = [.. with.AsSpan(end - 100, 1_600).ToArray().Select(sample => sample >> 8)];
        Assert.InRange(Measure.SharpestClickDbfs(corner), -1_000, -90);
    }

    [Fact]
    public void The_loudest_noise_never_wraps()
    {
        var random = new Random(2);
        (int[] left, int[] right) = Play(_ => random.Next(2) == 0 ? 8 << 23 : -8 << 23, Some.Second, Some.Unity);
        Assert.InRange(left.Concat(right).Max(Math.Abs), 8 << 22, 16 << 23);
    }

    [Fact]
    public void Playing_allocates_nothing()
    {
        var chorus = new Chorus(Some.Unity / 2);
        int[] left = new int[64], right = new int[64];
        for (int i = 0; i < 200; i++) Exercise(i);
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ => // the JIT, compiling a loop anew on this thread, may allocate once
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2_000; i++) Exercise(i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));

        void Exercise(int i)
        {
            Array.Fill(left, i % 100 < 50 ? 1 << 20 : 0);
            chorus.Process(left, right);
        }
    }

    [Theory]
    [InlineData("\"chorus\": 0.4", "\"chorus\": 1.4", "presets/pad.json: chorus is 1.4; allowed: 0..1")]
    [InlineData("\"chorus\": 0.4", "\"corus\": 0.4", "presets/pad.json: corus is not known here")]
    public void A_wrong_chorus_is_named_with_what_would_be_right(string good, string bad, string message) =>
        Assert.Equal(message, Assert.Throws<PresetException>(() => Created(Example().Replace(good, bad, StringComparison.Ordinal))).Message);

    [Fact]
    public void The_example_of_the_documentation_has_a_chorus() => Assert.Equal(Some.Unity * 2 / 5, Created(Example()).ChorusQ15);

    /// <summary>Two notes on the strip of an instrument with so much chorus: what goes to the dry bus.</summary>
    internal static (int[] Left, int[] Right) Strip(string name, int frames, int chorusQ15, int blockFrames, bool isPhrase = false)
    {
        InstrumentEntry entry = InstrumentCatalog.Entries[InstrumentCatalog.IndexOf(name)];
        var strip = new ChannelStrip(PlayableInstrument.Create(entry, seed: 3) with { ChorusQ15 = chorusQ15 });
        StereoBus dry = StereoBus.Silent(), wet = StereoBus.Silent();
        (int[] Left, int[] Right) heard = (new int[frames], new int[frames]);
        int second = isPhrase ? 48_001 : 30_005;
        for (int at = 0; at < frames;)
        {
            if (at == (isPhrase ? 0 : 1_017)) strip.Play(Some.Note(1, 5_700, Some.Unity / 2, -10_000));
            if (at == second)
            {
                strip.Play(Some.Note(2, 6_450, Some.Unity, 10_000));
                strip.Play(ScoreEvent.NoteOff(at, 0, 1));
                if (isPhrase) strip.Set(SynthParameter.Brightness, 20_000, 0);
            }

            if (at == 50_003 && !isPhrase) strip.Play(ScoreEvent.NoteOff(at, 0, 2));
            if (at % 64 == 0) strip.Tick();
            int count = new[] { blockFrames, 64 - at % 64, frames - at, at < 1_017 ? 1_017 - at : 64, at < second ? second - at : 64, at < 50_003 ? 50_003 - at : 64 }.Min();
            dry.Clear(64);
            strip.Render(dry, wet, count);
            dry.Left.AsSpan(0, count).CopyTo(heard.Left.AsSpan(at));
            dry.Right.AsSpan(0, count).CopyTo(heard.Right.AsSpan(at));
            at += count;
        }

        return heard;
    }

    private static string Example()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Ambient.sln"))) folder = Path.GetDirectoryName(folder);
        string guide = File.ReadAllText(Path.Combine(folder!, "docs", "instruments.md"));
        return guide[(guide.IndexOf("```json", StringComparison.Ordinal) + 7)..].Split("```")[0];
    }

    private static PlayableInstrument Created(string preset) => PlayableInstrument.Create(
        InstrumentCatalog.Entries[Some.Pad], 1, PresetFile.Parse("presets/pad.json", Encoding.UTF8.GetBytes(preset)));

    private static (int[] Left, int[] Right) Play(Func<int, int> sample, int frames, int shareQ15)
    {
        var chorus = new Chorus(shareQ15);
        int[] left = [.. Enumerable.Range(0, frames).Select(sample)];
        int[] right = [.. left];
        for (int at = 0; at < frames; at += 64) chorus.Process(left.AsSpan(at, Math.Min(64, frames - at)), right.AsSpan(at, Math.Min(64, frames - at)));
        return (left, right);
    }

    // Where the energy lies.
    private static double Centre(ReadOnlySpan<int> click)
    {
        double moment = 0, power = 0;
        for (int i = 0; i < click.Length; i++)
        {
            moment += i * (double)click[i] * click[i];
            power += (double)click[i] * click[i];
        }

        return moment / power;
    }
}
