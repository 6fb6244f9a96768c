using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

/// <summary>What every instrument has to keep to; what it should sound like stands in the derived class.</summary>
public abstract class InstrumentTests
{
    private protected abstract IInstrument Create();

    /// <summary>SHA-256, first 16 digits, of the phrase below. A new hash means: listen first, then change it.</summary>
    protected abstract string Golden { get; }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    public void Block_size_does_not_change_a_sample(int blockFrames) => Assert.Equal(Hash(Phrase(64)), Hash(Phrase(blockFrames)));

    [Fact]
    public void Sounds_as_when_last_listened_to() => Assert.Equal(Golden, Hash(Phrase(64)));

    [Fact]
    public void Render_after_warm_up_allocates_nothing()
    {
        IInstrument instrument = Create();
        var left = new int[64];
        var right = new int[64];
        for (int i = 0; i < 100; i++) instrument.Render(left, right);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 2_000; i++)
        {
            if (i % 50 == 0) instrument.NoteOn(Note(i, 6_000 + i));
            if (i % 70 == 0) instrument.NoteOff(i - 70);
            instrument.BrightnessQ15 = i * 16;
            Array.Clear(left);
            Array.Clear(right);
            instrument.Render(left, right);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private protected static ScoreEvent Note(int noteId, int pitchCents, int velocityQ15 = Some.Unity, int panQ15 = 0) =>
        ScoreEvent.NoteOn(0, 0, noteId, pitchCents, velocityQ15, panQ15);

    /// <summary>Plays on; shape [channel][frame], Q8.23.</summary>
    private protected static (int[] Left, int[] Right) Play(IInstrument instrument, int frames, int blockFrames = 64)
    {
        var left = new int[frames];
        var right = new int[frames];
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            instrument.Render(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }

    private (int[] Left, int[] Right) Phrase(int blockFrames)
    {
        IInstrument instrument = Create();
        instrument.NoteOn(Note(1, 5_700, Some.Unity / 2, -10_000));
        (int[] left1, int[] right1) = Play(instrument, 48_001, blockFrames);
        instrument.NoteOn(Note(2, 6_450, Some.Unity, 10_000));
        instrument.NoteOff(1);
        instrument.BrightnessQ15 = 20_000;
        (int[] left2, int[] right2) = Play(instrument, 48_000, blockFrames);
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
