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
        ["pad"] = "801CE41A8D9DF665",
        ["bell"] = "8CD367EFDBF16507",
        ["drone"] = "72957E19C4678777",
        ["noise"] = "C4EA04E9EE110712",
        ["pad-dark"] = "3D1C891890DB93B8",
        ["glass"] = "3B58B4EF507FB10D",
        ["pluck"] = "B771B587D859B7E2",
        ["felt"] = "FECDC504A0064204",
        ["choir"] = "64B657D807157D2A",
        ["sub"] = "3932C54AC0298906",
        ["breath"] = "BCB2A8F247C1C104",
        ["kalimba"] = "97262A9020766268",
        ["marimba"] = "214AA9C03ECF8B0C",
        ["bowl"] = "F1EC1EDB793C6E95",
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

    private static (int[] Left, int[] Right) Phrase(string name, int blockFrames)
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

    private static string Hash((int[] Left, int[] Right) sound)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes(sound.Left.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(sound.Right.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
