using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Theory;
using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Composer.Tests;

public sealed class JudgingTests
{
    [Theory]
    [InlineData(new[] { 0, 2, 4, 7, 9 }, 4)] // pentatonic
    [InlineData(new[] { 0, 2, 4, 5, 7, 9, 11 }, 6)] // diatonic
    [InlineData(new[] { 0, 3, 6, 9 }, 9)] // diminished seventh
    [InlineData(new[] { 2, 4, 5, 8, 9, 11, 0 }, 9)] // harmonic minor
    [InlineData(new[] { 7 }, 0)]
    public void Scales_span_as_many_fifths_as_the_anchors_say(int[] scale, int span)
    {
        var duration = new double[12];
        foreach (int pitchClass in scale) duration[pitchClass] = 1;
        Assert.Equal(span, TonalPath.SpanOf(duration));
    }

    [Theory]
    [InlineData(new[] { 48, 55, 62, 64 }, 0.50)] // spread add9
    [InlineData(new[] { 48, 55, 59, 64 }, 0.50)] // spread maj7
    [InlineData(new[] { 60, 61, 62 }, 0.82)] // cluster
    [InlineData(new[] { 60, 64, 67 }, 0.31)] // close triad
    [InlineData(new[] { 48, 52, 55 }, 0.64)] // the same, an octave lower
    public void Roughness_meets_its_anchors_to_the_second_digit(int[] chord, double expected) => Assert.Equal(expected, Roughness.Of(chord), 0.01);

    [Theory]
    [InlineData(new double[] { 3, 0, 1, 0, 1, 0, 0, 3, 0, 1, 0, 0 }, 0.91)] // pentatonic over a drone of root and fifth
    [InlineData(new double[] { 3, 0, 1, 0, 1, 1, 0, 3, 0, 1, 0, 1 }, 0.95)] // Ionian
    [InlineData(new double[] { 4, 0, 1, 0, 1, 0, 1, 4, 0, 1, 0, 1 }, 0.86)] // Lydian
    [InlineData(new double[] { 4, 0, 1, 1, 0, 1, 0, 4, 0, 1, 1, 0 }, 0.81)] // Dorian
    [InlineData(new double[] { 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0 }, 0.72)] // quartal, no drone
    public void Scales_are_as_clearly_in_a_key_as_the_anchors_say(double[] duration, double clarity) => Assert.Equal(clarity, KeyClarity.Of(duration), 0.03);

    [Fact]
    public void Three_even_strokes_of_one_bell_are_an_alarm_and_uneven_ones_or_other_pitches_are_not()
    {
        Assert.Equal(1, Repeats.AlarmLike(Melody([(0, 72), (0.5, 72), (1.02, 72)])));
        Assert.Equal(0, Repeats.AlarmLike(Melody([(0, 72), (0.5, 72), (1.3, 72)])));
        Assert.Equal(0, Repeats.AlarmLike(Melody([(0, 72), (0.5, 74), (1, 72)])));
        Assert.Equal(1, Repeats.AlarmLike(Melody([(0, 72), (0.3, 72), (1, 72), (2, 72)]))); // one more between them hides nothing
        Assert.Equal(1, Repeats.AlarmLike([.. Melody([(0, 72), (1, 72), (2, 72)]).Select((note, i) => note with { Instrument = i == 1 ? "felt" : "bell" })]));
        Assert.Equal(0, Repeats.AlarmLike(Melody([(0, 72), (8, 72), (16, 72)])));
    }

    [Fact]
    public void A_loop_says_everything_twice_and_a_random_walk_nothing()
    {
        var random = new Random(1);
        (double, int)[] phrase = [.. Enumerable.Range(0, 30).Select(i => (i * 2.0, 60 + random.Next(12)))];
        List<ScoreNote> loop = Melody([.. Enumerable.Range(0, 4).SelectMany(round => phrase.Select(note => (note.Item1 + (round * 60), note.Item2)))]);
        Assert.True(Repeats.HeardBefore(loop) > 0.6);
        Assert.True(Repeats.LongestRun(loop) >= 24);

        List<ScoreNote> walk = Melody([.. Enumerable.Range(0, 120).Select(i => (i * 2.0, 60 + random.Next(12)))]);
        Assert.True(Repeats.HeardBefore(walk) < 0.05);
        Assert.True(Repeats.LongestRun(walk) < 6);
    }

    [Fact]
    public void A_chord_change_counts_what_stays_and_how_far_the_rest_moves()
    {
        ScoreNote[] bed = [Pad(0, 40, 48), Pad(0, 20, 55), Pad(1, 40, 64), Pad(20, 40, 57)];
        ChordChanges changes = ChordChanges.Of(bed);
        Assert.Equal(1, changes.Count);
        Assert.Equal(1, ChordChanges.Of([.. bed, Pad(30, 40, 67)]).Count); // a voice joins: the same chord
        Assert.Equal(2, changes.CommonTones);
        Assert.Equal(2, changes.Movement);
        Assert.Equal(0, changes.Reattacked);
    }

    [Fact]
    public void A_melody_is_measured_by_its_steps_within_phrases_and_by_how_it_stands_against_the_chord_it_enters_over()
    {
        ScoreNote[] chord = [Pad(0, 60, 48), Pad(0, 60, 55), Pad(0, 60, 64)];
        MelodyLine stepwise = MelodyLine.Of(Melody([(1, 72), (2, 74), (3, 74), (4, 76), (30, 67)]), chord);
        Assert.Equal(2, stepwise.Step); // neither the repetition nor the leap to the next phrase counts
        Assert.Equal(0.163, stepwise.Dissonance!.Value, 0.001);
        MelodyLine leaping = MelodyLine.Of(Melody([(1, 65), (2, 78), (3, 65)]), chord);
        Assert.Equal(13, leaping.Step);
        Assert.True(leaping.Dissonance > 2 * stepwise.Dissonance);
        Assert.Equal(new MelodyLine(null, null, null), MelodyLine.Of(Melody([(70, 72)]), chord));
    }

    [Fact]
    public void A_melody_trills_where_it_goes_to_and_fro_between_two_pitches_for_five_notes_of_a_phrase()
    {
        Assert.Equal(2 / 6.0, Trills([(1, 72), (2, 74), (3, 74), (4, 72), (5, 74), (6, 72), (7, 74)])); // the fifth note and the sixth
        Assert.Equal(0, Trills([(1, 72), (2, 74), (3, 72), (4, 74), (30, 72), (31, 74)])); // a breath between
        Assert.Equal(0, Trills([(1, 72), (2, 74), (3, 72), (4, 76), (5, 72), (6, 74)]));
        Assert.Null(Trills([(1, 72), (2, 74), (3, 72), (4, 74)]));
        static double? Trills((double, int)[] notes) => MelodyLine.Of(Melody(notes), []).Trills;
    }

    [Fact]
    public void Chords_of_the_drone_and_the_bed_and_the_bells_are_counted_by_what_a_listener_notices()
    {
        ScoreNote[] notes = [Pad(0, 60, 48), Pad(0, 60, 55), .. Melody([(1, 72), (1.02, 76), (10, 74), (30, 72), (58, 67)])];
        NoteMeasures measures = NoteMeasures.Of([.. notes.OrderBy(note => note.Start)], 60);
        Assert.Equal(4, measures.OnsetsPerMinute);
        Assert.Equal(28, measures.Gaps.Longest);
        Assert.True(measures.Roughness.Mean < measures.Roughness.Max);
    }

    [Fact]
    public void What_the_midi_writer_writes_is_read_again()
    {
        var writer = new MidiWriter();
        int bell = InstrumentCatalog.IndexOf("bell"), pad = InstrumentCatalog.IndexOf("pad");
        writer.TryAdd(ScoreEvent.NoteOn(48_000, pad, 1, 6_000, 20_000));
        writer.TryAdd(ScoreEvent.NoteOn(96_000, bell, 2, 7_200, 20_000));
        writer.TryAdd(ScoreEvent.NoteOff(120_000, bell, 2));
        writer.TryAdd(ScoreEvent.NoteOff(480_000, pad, 1));
        IReadOnlyList<ScoreNote> notes = Salience.Notes(MidiReader.Read(writer.ToArray()), Some.Moods()["calm"]);
        Assert.Equal([new ScoreNote(1, 10, 60, "pad", false, true), new ScoreNote(2, 2.5, 72, "bell", true)], notes.Select(note => note with { Start = Math.Round(note.Start, 6) }));
    }

    [Fact]
    public void A_midi_file_that_is_cut_off_is_called_so()
    {
        var writer = new MidiWriter();
        writer.TryAdd(ScoreEvent.NoteOn(48_000, 0, 1, 6_000, 20_000));
        byte[] file = writer.ToArray();
        Assert.Throws<InvalidDataException>(() => MidiReader.Read(file.AsSpan(0, file.Length - 6)));
        Assert.Throws<InvalidDataException>(() => MidiReader.Read("RIFF"u8));
    }

    private static ScoreNote Pad(double start, double end, int pitch) => new(start, end, pitch, "pad", false);

    private static List<ScoreNote> Melody((double Start, int Pitch)[] notes) => [.. notes.Select(note => new ScoreNote(note.Start, note.Start + 1, note.Pitch, "bell", true))];
}
