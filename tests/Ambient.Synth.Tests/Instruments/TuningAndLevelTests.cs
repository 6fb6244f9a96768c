using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

/// <summary>Every instrument that plays notes is where the score thinks it is: in pitch and in level, over the whole range it is at home in.</summary>
public sealed class TuningAndLevelTests
{
    private const int Places = 5;

    /// <summary>Loudest 0.4 s of a hard note, RMS of both channels, dBFS: from and to over the range. A change is a change of every mood's mix.</summary>
    private static readonly Dictionary<string, (double From, double To)> LevelsDbfs = new()
    {
        ["pad"] = (-27.5, -26),
        ["pad-dark"] = (-29, -25),
        ["bell"] = (-30, -28.5),
        ["drone"] = (-31, -28.5),
        ["glass"] = (-34.5, -31.5),
        ["pluck"] = (-35, -29),
        ["felt"] = (-25.8, -23.5),
        ["choir"] = (-35, -22.5), // a fundamental on a formant is louder: so is a singer's
        ["sub"] = (-31.2, -30.2),
        ["breath"] = (-30.2, -28.7),
        ["kalimba"] = (-32.5, -28.5),
        ["marimba"] = (-32.6, -25.5),
        ["bowl"] = (-32, -30.5),
        ["organ"] = (-30.4, -29.4),
    };

    /// <summary>Cents that a note may stand off for good reason: oscillators that beat, vibrato, voices that drift. All others 0.3, the plucked string 1.</summary>
    private static readonly Dictionary<string, double> AllowedCents = new()
    {
        ["pluck"] = 1,
        ["pad"] = 1,
        ["pad-dark"] = 2,
        ["drone"] = 3,
        ["breath"] = 3,
        ["choir"] = 15,
    };

    public static TheoryData<string> Players => InstrumentTests.Players;

    [Theory]
    [MemberData(nameof(Players))]
    public void Notes_are_as_loud_as_the_mix_expects_over_the_whole_range(string name)
    {
        (double from, double to) = LevelsDbfs[name];
        Assert.All(Notes(name), note => Assert.InRange(LoudestDbfs(name, note), from, to));
    }

    [Theory]
    [MemberData(nameof(Players))]
    public void Notes_are_in_tune_over_the_whole_range(string name)
    {
        double allowed = AllowedCents.GetValueOrDefault(name, 0.3);
        Assert.All(Notes(name), note =>
        {
            IInstrument instrument = Some.Instrument(name);
            instrument.NoteOn(Some.Note(1, 100 * note));
            Assert.InRange(Measure.CentsOff(instrument, note, settledFrames: Some.Second / 4), -allowed, allowed);
        });
    }

#if !DEBUG // minutes of sound: a minute there, and Debug is for overflows, which the other tests would meet
    // Long enough for 150 turns of a vibrato and whole turns of every beat. The choir's singers also drift, each by up to 4 cents within seconds; that takes longer to even out.
    [Theory]
    [InlineData("pad", 30, 0.1)]
    [InlineData("pad-dark", 30, 0.1)]
    [InlineData("drone", 30, 0.1)]
    [InlineData("breath", 30, 0.1)]
    [InlineData("choir", 90, 1)]
    public void What_sways_is_in_tune_on_average(string name, int seconds, double allowed) => Assert.All(Notes(name), note =>
    {
        IInstrument instrument = Some.Instrument(name);
        instrument.NoteOn(Some.Note(1, 100 * note));
        double cents = Measure.MeanCentsOff(instrument, note, settledFrames: 2 * Some.Second, frames: seconds * Some.Second);
        Assert.InRange(cents, -allowed, allowed);
    });
#endif

    private static int[] Notes(string name)
    {
        InstrumentDescription range = InstrumentCatalog.Describe(InstrumentCatalog.IndexOf(name));
        return [.. Enumerable.Range(0, Places).Select(i => range.LowestNote + i * (range.HighestNote - range.LowestNote) / (Places - 1))];
    }

    private static double LoudestDbfs(string name, int note)
    {
        const int Window = 19_200;
        IInstrument instrument = Some.Instrument(name);
        instrument.NoteOn(Some.Note(1, 100 * note));
        (int[] left, int[] right) = Some.Play(instrument, 25 * Window);
        return Enumerable.Range(0, 25).Max(i => Measure.Dbfs([.. left.AsSpan(i * Window, Window), .. right.AsSpan(i * Window, Window)]));
    }
}
