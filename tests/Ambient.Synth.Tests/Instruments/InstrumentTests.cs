using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

/// <summary>What every instrument of the catalogue has to keep to; what one should sound like stands in a class of its own.</summary>
public sealed class InstrumentTests
{
    /// <summary>SHA-256, first 16 digits, of the phrase below. A new hash means: render, listen, then change it.</summary>
    private static readonly Dictionary<string, string> Golden = new()
    {
        ["pad"] = "EF389B29C6A61334",
        ["bell"] = "22D285F440715FB3",
        ["drone"] = "E0E3A4ADE934DB48",
        ["noise"] = "C4EA04E9EE110712",
        ["pad-dark"] = "8187F212E591BCFB",
        ["glass"] = "C2693F10CF022901",
        ["pluck"] = "A4430D4AF864CEF1",
        ["felt"] = "87552557493EB72F",
        ["choir"] = "8A8580471BC4628F",
        ["sub"] = "D1FC29FC0204AFA8",
        ["breath"] = "3ADDADC1F3176BF4",
        ["kalimba"] = "DCA1AC84D0E03615",
        ["marimba"] = "7913DBE92764F5D4",
        ["bowl"] = "86FF120F48A46320",
        ["rain"] = "9CD7595568DD143B",
        ["wind"] = "26550D7FE868311E",
        ["leaves"] = "B234C032A7BF4819",
        ["masking"] = "797B5EDD68FDBAFB",
        ["organ"] = "B2E2F6C3EF9AD02F",
    };

    public static TheoryData<string> All => [.. InstrumentCatalog.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void Block_size_does_not_change_a_sample(string name)
    {
        string expected = Hash(Phrase(name, 64));
        foreach (int blockFrames in (int[])[1, 7, 61]) Assert.Equal(expected, Hash(Phrase(name, blockFrames)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sounds_as_when_last_listened_to(string name) => Assert.Equal(Golden.GetValueOrDefault(name, "never"), Hash(Phrase(name, 64)));

    [Theory]
    [MemberData(nameof(All))]
    public void Render_after_warm_up_allocates_nothing(string name)
    {
        IInstrument instrument = Some.Instrument(name);
        var left = new int[64];
        var right = new int[64];
        for (int i = 0; i < 100; i++) Exercise(i);
        Assert.Equal(0, Enumerable.Range(0, 3).Min(_ => // the JIT, compiling a loop anew on this thread, may allocate once; an instrument would each time
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 2_000; i++) Exercise(i);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));

        void Exercise(int i)
        {
            if (i % 50 == 0) instrument.NoteOn(Some.Note(i, 2_100 + 4 * i));
            if (i % 70 == 0) instrument.NoteOff(i - 70);
            instrument.BrightnessQ15 = i * 16;
            Array.Clear(left);
            Array.Clear(right);
            instrument.Render(left, right);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_two_instruments_sound_the_same(string name)
    {
        string own = Hash(Phrase(name, 64));
        foreach (string other in InstrumentCatalog.Names.Where(other => other != name)) Assert.NotEqual(own, Golden.GetValueOrDefault(other));
    }

    public static TheoryData<string> Players => [.. InstrumentCatalog.Names.Where(name => !Some.Instrument(name).IsTexture)];

    [Theory]
    [MemberData(nameof(Players))]
    public void Steals_and_jumps_leave_nothing_above_12_kHz_louder_than_minus_70_dBFS(string name)
    {
        int instrument = InstrumentCatalog.IndexOf(name);
        InstrumentDescription description = InstrumentCatalog.Describe(instrument);
        int At(int i) => 100 * (description.LowestNote + i * (description.HighestNote - description.LowestNote) / 11);
        ScoreEvent[] chord = [.. Enumerable.Range(0, 10).Select(i => ScoreEvent.NoteOn(i * 500, instrument, i, At(i), Some.Unity * 6 / 10))];
        int at = Some.Second + 17;
        ScoreEvent[] jumps =
        [
            ScoreEvent.NoteOn(at, instrument, 99, At(11), Some.Unity * 6 / 10),
            ScoreEvent.NoteOff(at, instrument, 8),
            ScoreEvent.Set(at, SynthParameter.InstrumentGain, 0, 0, instrument),
            ScoreEvent.Set(at, SynthParameter.Brightness, Some.Unity, 0, instrument),
        ];
        short[] steady = Some.Rendered(Some.Second * 5 / 4, 256, chord);
        foreach (ScoreEvent jump in jumps)
        {
            short[] jumped = Some.Rendered(Some.Second * 5 / 4, 256, [.. chord, jump]);
            for (int channel = 0; channel < 2; channel++)
            {
                int[] difference = [.. Enumerable.Range(Some.Second, Some.Second / 4).Select(i => jumped[2 * i + channel] - steady[2 * i + channel])];
                if (jump.Parameter != SynthParameter.Brightness) Assert.Contains(difference, sample => sample != 0); // of what is struck, the next note tells
                Assert.InRange(Measure.SharpestClickDbfs(difference), -1_000, -70);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Players))]
    public void Notes_in_between_are_tuned_in_cents(string name)
    {
        IInstrument straight = Some.Instrument(name), sharp = Some.Instrument(name);
        straight.NoteOn(Some.Note(1, 6_000));
        sharp.NoteOn(Some.Note(1, 6_033));
        int settledFrames = name is "pluck" or "bell" or "kalimba" or "marimba" or "felt" ? 960 : 6 * Some.Second; // these are soon over, the others slow to begin
        double apart = Measure.CentsOff(sharp, 60, settledFrames) - Measure.CentsOff(straight, 60, settledFrames);
        Assert.InRange(apart, 31.5, 34.5); // the same chances, the same vibrato: only the pitch differs
    }

    [Theory]
    [MemberData(nameof(Players))]
    public void Twice_the_velocity_is_louder_and_pan_moves_the_note(string name)
    {
        double Loudness(int velocityQ15, int panQ15, bool isLeft)
        {
            IInstrument instrument = Some.Instrument(name);
            instrument.NoteOn(Some.Note(1, 5_500, velocityQ15, panQ15));
            (int[] left, int[] right) = Some.Play(instrument, 2 * Some.Second);
            return Measure.Dbfs(isLeft ? left : right);
        }

        Assert.InRange(Loudness(Some.Unity, 0, true) - Loudness(Some.Unity / 2, 0, true), 3, 12); // and brighter, which dies sooner
        if (name is "sub" or "drone") return; // below 120 Hz there are no sides
        Assert.True(Loudness(Some.Unity, -28_000, true) > Loudness(Some.Unity, -28_000, false) + 6);
        Assert.True(Loudness(Some.Unity, 28_000, true) < Loudness(Some.Unity, 28_000, false) - 6);
    }

    internal static (int[] Left, int[] Right) Phrase(string name, int blockFrames)
    {
        IInstrument instrument = Some.Instrument(name);
        instrument.NoteOn(Some.Note(1, 5_700, Some.Unity / 2, -10_000));
        (int[] left1, int[] right1) = Some.Play(instrument, 48_001, blockFrames);
        instrument.NoteOn(Some.Note(2, 6_450, Some.Unity, 10_000));
        instrument.NoteOff(1);
        instrument.BrightnessQ15 = 20_000;
        (int[] left2, int[] right2) = Some.Play(instrument, 48_000, blockFrames);
        return ([.. left1, .. left2], [.. right1, .. right2]);
    }

    internal static string Hash((int[] Left, int[] Right) sound)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(sound.Left.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(sound.Right.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
