using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests;

public sealed class SynthEngineTests
{
    private static readonly ScoreEvent Dry = ScoreEvent.Set(0, SynthParameter.ReverbWet, 0, 0);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1_024)]
    public void Block_size_does_not_change_a_sample(int blockFrames)
    {
        short[] expected = Some.Rendered(3 * Some.Second, 256, Some.Minute());
        Assert.Equal(Some.Hash(expected), Some.Hash(Some.Rendered(3 * Some.Second, blockFrames, Some.Minute())));
    }

    [Fact]
    public void Sounds_as_when_last_listened_to() => Assert.Equal("CBF6DD68C745F726", Some.Hash(Some.Rendered(3 * Some.Second, 256, Some.Minute())));

    [Fact]
    public void The_clock_runs_on_past_32_bits_without_a_sample_changing()
    {
        const long First = (1L << 32) - 64 * 1_000; // 24.9 hours, less 1.3 s
        var queue = new ScoreQueue(4_096);
        foreach (ScoreEvent scoreEvent in Some.Minute()) Assert.True(queue.TryAdd(scoreEvent with { Frame = First + scoreEvent.Frame }));
        var engine = new SynthEngine(queue, seed: 7, First);
        short[] late = Some.Next(engine, 3 * Some.Second);
        Assert.Equal(First + 3 * Some.Second, engine.FramesRendered);
        Assert.Equal(0, engine.LateEvents);
        Assert.Equal(Some.Hash(Some.Rendered(3 * Some.Second, 256, Some.Minute())), Some.Hash(late));
    }

    [Fact]
    public void No_score_is_exact_silence() => Assert.All(Some.Rendered(Some.Second, 256), sample => Assert.Equal(0, sample));

    [Theory]
    [InlineData(4_096)]
    [InlineData(5_003)]
    public void A_note_lands_on_its_frame_exactly(int frame)
    {
        ScoreEvent loud = ScoreEvent.Set(0, SynthParameter.InstrumentGain, 2 * Some.Unity, 0, Some.Bell);
        short[] atOnce = Some.Rendered(24_000, 256, Dry, loud, ScoreEvent.NoteOn(2_048, Some.Bell, 1, 7_200, Some.Unity));
        short[] later = Some.Rendered(24_000, 256, Dry, loud, ScoreEvent.NoteOn(frame, Some.Bell, 1, 7_200, Some.Unity));
        int shift = 2 * (frame - 2_048);
        Assert.All(later[..(2 * (frame + SynthEngine.LatencyFrames))], sample => Assert.Equal(0, sample));
        Assert.InRange(atOnce.Max(), 4_000, 20_000); // so loud that one frame aside would be some 300 units off
        for (int i = 0; i + shift < later.Length; i++) Assert.InRange(later[i + shift] - atOnce[i], -2, 2); // dither differs
    }

    [Fact]
    public void Events_of_one_frame_keep_their_order_and_late_arrivals_are_sorted_in()
    {
        ScoreEvent[] score = Some.Minute();
        ScoreEvent[] shuffled = [.. score.Where(e => e.Frame != 0).Reverse(), .. score.Where(e => e.Frame == 0)];
        Assert.Equal(Some.Hash(Some.Rendered(2 * Some.Second, 256, score)), Some.Hash(Some.Rendered(2 * Some.Second, 256, shuffled)));
    }

    [Fact]
    public void A_late_event_is_counted_and_played_at_once()
    {
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, seed: 1);
        Some.Next(engine, Some.Second);
        Assert.True(queue.TryAdd(ScoreEvent.NoteOn(100, Some.Bell, 1, 7_200, Some.Unity)));
        short[] sound = Some.Next(engine, Some.Second / 10);
        Assert.Equal(1, engine.LateEvents);
        Assert.Contains(sound, sample => sample > 100);
    }

    [Fact]
    public void Revoke_drops_the_rest_of_an_older_plan_but_lets_sounding_notes_end()
    {
        SynthEngine engine = Some.Engine(
            ScoreEvent.NoteOn(0, Some.Pad, 1, 5_700, Some.Unity, epoch: 1),
            ScoreEvent.NoteOff(Some.Second, Some.Pad, 1, epoch: 1),
            ScoreEvent.NoteOn(Some.Second, Some.Pad, 2, 6_000, Some.Unity, epoch: 1),
            ScoreEvent.NoteOn(Some.Second, Some.Bell, 3, 7_200, Some.Unity, epoch: 2),
            ScoreEvent.Revoke(Some.Second / 2, epoch: 2));
        Some.Next(engine, Some.Second / 2);
        Assert.Equal(1, engine.ActiveVoices);
        Some.Next(engine, Some.Second);
        Assert.Equal(2, engine.ActiveVoices); // the pad in its release and the new plan's bell
        Some.Next(engine, 30 * Some.Second);
        Assert.Equal(0, engine.ActiveVoices);
    }

    public static TheoryData<string> Changes => new() { "steal", "note-off", "MasterGain", "ReverbTime", "ReverbWet", "InstrumentGain", "Brightness", "ReverbSend" };

    [Theory]
    [MemberData(nameof(Changes))]
    public void No_change_makes_a_click(string change)
    {
        ScoreEvent[] chord = [.. Enumerable.Range(0, 8).Select(i => ScoreEvent.NoteOn(i, Some.Pad, i, 4_800 + 350 * i, Some.Unity * 6 / 10))];
        int at = 6 * Some.Second + 17;
        ScoreEvent abrupt = change switch
        {
            "steal" => ScoreEvent.NoteOn(at, Some.Pad, 99, 6_200, Some.Unity),
            "note-off" => ScoreEvent.NoteOff(at, Some.Pad, 3),
            _ => ScoreEvent.Set(at, Enum.Parse<SynthParameter>(change), change == "ReverbTime" ? Some.Unity / 10 : 0, rampFrames: 0, Some.Pad),
        };
        short[] steady = Some.Rendered(7 * Some.Second, 256, chord)[(12 * Some.Second)..];
        short[] changed = Some.Rendered(7 * Some.Second, 256, [.. chord, abrupt])[(12 * Some.Second)..];
        Assert.NotEqual(steady, changed);
        int corner = (int)(Measure.SharpestCorner(Some.Wide(steady)) >> 16);
        Assert.InRange((int)(Measure.SharpestCorner(Some.Wide(changed)) >> 16), 1, corner + 6); // a step to 0 here would make one of several hundred
    }

    [Fact]
    public void Another_mood_all_at_once_leaves_nothing_above_12_kHz_louder_than_minus_70_dBFS()
    {
        const int At = 3 * Some.Second + 17;
        ScoreEvent[] mood = [.. Some.Minute().Where(e => e.Frame < 2 * Some.Second && e.Instrument != Some.Noise)]; // noise taken away would itself be the difference
        ScoreEvent[] other =
        [
            ScoreEvent.Set(At, SynthParameter.MasterGain, Some.Unity / 3, 0),
            ScoreEvent.Set(At, SynthParameter.ReverbTime, Some.Unity * 6 / 10, 0),
            ScoreEvent.Set(At, SynthParameter.ReverbWet, Some.Unity, 0),
            ScoreEvent.Set(At, SynthParameter.InstrumentGain, Some.Unity / 4, 0, Some.Pad),
            ScoreEvent.Set(At, SynthParameter.Brightness, 0, 0, Some.Pad),
            ScoreEvent.Set(At, SynthParameter.ReverbSend, Some.Unity, 0, Some.Drone),
            ScoreEvent.NoteOff(At, Some.Pad, 3),
            ScoreEvent.NoteOff(At, Some.Drone, 1),
            ScoreEvent.NoteOn(At, Some.Drone, 9, 4_100, Some.Unity),
            ScoreEvent.NoteOn(At, Some.Pad, 10, 6_200, Some.Unity),
        ];
        short[] steady = Some.Rendered(4 * Some.Second, 256, mood);
        short[] changed = Some.Rendered(4 * Some.Second, 256, [.. mood, .. other]);
        for (int channel = 0; channel < 2; channel++)
        {
            int[] difference = [.. Enumerable.Range(5 * Some.Second / 2, 3 * Some.Second / 2).Select(i => changed[2 * i + channel] - steady[2 * i + channel])];
            Assert.Contains(difference, sample => Math.Abs(sample) > 300);
            Assert.InRange(Measure.SharpestClickDbfs(difference), -1_000, -70);
        }
    }

    [Fact]
    public void Master_gain_0_is_exact_silence_while_everything_plays()
    {
        short[] sound = Some.Rendered(3 * Some.Second, 256, [.. Some.Minute(), ScoreEvent.Set(2 * Some.Second, SynthParameter.MasterGain, 0, 960)]);
        Assert.Contains(sound[..(4 * Some.Second)], sample => sample != 0);
        Assert.All(sound[(5 * Some.Second)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void When_all_tails_have_died_silence_is_exact()
    {
        SynthEngine engine = Some.Engine(
            ScoreEvent.Set(0, SynthParameter.ReverbTime, Some.Unity, 0),
            ScoreEvent.NoteOn(0, Some.Pad, 1, 5_700, Some.Unity),
            ScoreEvent.NoteOn(0, Some.Bell, 2, 7_200, Some.Unity),
            ScoreEvent.NoteOn(0, Some.Drone, 3, 3_600, Some.Unity),
            ScoreEvent.NoteOff(5 * Some.Second, Some.Pad, 1),
            ScoreEvent.NoteOff(5 * Some.Second, Some.Drone, 3));
        Some.Next(engine, 60 * Some.Second, 1_024);
        Assert.All(Some.Next(engine, Some.Second), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void An_event_for_an_instrument_that_does_not_exist_is_ignored()
    {
        SynthEngine engine = Some.Engine(ScoreEvent.NoteOn(0, 200, 1, 6_000, Some.Unity));
        Assert.All(Some.Next(engine, 1_000), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void The_wide_frames_are_those_of_16_bits_before_they_were_rounded()
    {
        short[] narrow = Some.Rendered(Some.Second, 256, Some.Minute());
        int[] wide = Some.NextWide(Some.Engine(Some.Minute()), Some.Second);
        Assert.Contains(wide, sample => (sample & 0xFF00) != 0);
        for (int i = 0; i < wide.Length; i++) Assert.InRange(narrow[i] - wide[i] / 65_536.0, -1.5, 1.5); // a dither of one bit, and half a bit
        var rounded = new short[wide.Length];
        Some.Engine().Round(wide, rounded);
        Assert.Equal(narrow, rounded);
    }

    [Fact]
    public void Render_after_warm_up_allocates_nothing()
    {
        SynthEngine engine = Some.Engine(Some.Minute());
        var block = new short[512];
        for (int i = 0; i < 100; i++) engine.Render(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) engine.Render(block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Neither_a_revoke_nor_any_parameter_nor_any_note_allocates()
    {
        var queue = new ScoreQueue(4_096);
        var engine = new SynthEngine(queue, seed: 7);
        ScoreEvent[] score = [.. Some.Everything(1).OrderBy(e => e.Frame)];
        Assert.Equal(Enum.GetValues<SynthParameter>(), score.Where(e => e.Kind == ScoreEventKind.Parameter).Select(e => e.Parameter).Distinct().Order());
        var block = new short[512];
        Play();
        Assert.Equal(0, Enumerable.Range(0, 2).Min(_ => // the JIT, compiling a loop anew on this thread, may allocate once
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Play();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));

        void Play()
        {
            long start = engine.FramesRendered;
            foreach (ScoreEvent scoreEvent in score) queue.TryAdd(scoreEvent with { Frame = start + scoreEvent.Frame });
            queue.TryAdd(ScoreEvent.Revoke(start, 1));
            for (int i = 0; i < 200; i++) engine.Render(block);
        }
    }

    public static TheoryData<SynthParameter, int> Jumps => new()
    {
        { SynthParameter.MasterGain, 0 }, { SynthParameter.MasterGain, 2 * Some.Unity },
        { SynthParameter.ReverbTime, 0 }, { SynthParameter.ReverbTime, Some.Unity },
        { SynthParameter.ReverbWet, 0 }, { SynthParameter.ReverbWet, 4 * Some.Unity },
        { SynthParameter.InstrumentGain, 0 }, { SynthParameter.InstrumentGain, 4 * Some.Unity },
        { SynthParameter.Brightness, 0 }, { SynthParameter.Brightness, Some.Unity },
        { SynthParameter.ReverbSend, 0 }, { SynthParameter.ReverbSend, 4 * Some.Unity },
        { SynthParameter.DelayTime, 0 }, { SynthParameter.DelayTime, 4 * Some.Unity },
        { SynthParameter.DelayFeedback, 0 }, { SynthParameter.DelayFeedback, Some.Unity },
        { SynthParameter.DelayWet, 0 }, { SynthParameter.DelayWet, Some.Unity },
    };

    // Noise taken away would itself be the difference.
    private static readonly ScoreEvent[] Undisturbed =
    [
        .. Some.Minute().Where(e => e.Frame < Some.Second && e.Instrument != Some.Noise && e.Parameter != SynthParameter.Brightness),
        ScoreEvent.Set(0, SynthParameter.DelayTime, Some.Unity / 3, 0),
        ScoreEvent.Set(0, SynthParameter.DelayFeedback, Some.Unity / 2, 0),
        ScoreEvent.Set(0, SynthParameter.DelayWet, Some.Unity / 2, 0),
        ScoreEvent.NoteOn(50_001, Some.Bell, 5, 7_650, Some.Unity / 3, -3_000),
    ];

    private static readonly Lazy<short[]> UndisturbedSound = new(() => Some.Rendered(5 * Some.Second / 2, 256, Undisturbed));

    [Theory]
    [MemberData(nameof(Jumps))]
    public void Each_parameter_may_jump_as_far_as_it_goes_without_a_step_above_12_kHz_louder_than_minus_70_dBFS(SynthParameter parameter, int valueQ15)
    {
        const int At = 3 * Some.Second / 2 + 17;
        short[] steady = UndisturbedSound.Value;
        short[] jumped = Some.Rendered(5 * Some.Second / 2, 256, [.. Undisturbed, ScoreEvent.Set(At, parameter, valueQ15, 0, Some.Pad)]);
        for (int channel = 0; channel < 2; channel++)
        {
            int[] difference = [.. Enumerable.Range(4 * Some.Second / 3, 7 * Some.Second / 6).Select(i => jumped[2 * i + channel] - steady[2 * i + channel])];
            Assert.Contains(difference, sample => Math.Abs(sample) > 20);
            Assert.InRange(Measure.SharpestClickDbfs(difference), -1_000, -70);
        }
    }

    [Fact]
    public void An_unknown_instrument_name_is_answered_with_the_known_ones()
    {
        var failure = Assert.Throws<ArgumentException>(() => InstrumentCatalog.IndexOf("kazoo"));
        Assert.StartsWith("No instrument is called 'kazoo'. There are: bell, bowl, breath, choir, drone, felt, glass, kalimba, leaves, marimba, masking, noise, organ, pad, pad-dark, pluck, rain, sub, wind.", failure.Message, StringComparison.Ordinal);
    }
}
