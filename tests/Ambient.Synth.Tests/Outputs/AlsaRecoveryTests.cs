using Ambient.Bindings.Alsa;
using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

/// <summary>What a sound card may do to us, each by its errno, through the real libasound.</summary>
[Collection("alsa")]
public sealed class AlsaRecoveryTests
{
    private const int Busy = -16; // -EBUSY
    private const int NoEntry = -2; // -ENOENT

    [Theory]
    [InlineData(Asound.Xrun, false)]
    [InlineData(Asound.Suspended, true)]
    public void A_stream_that_broke_goes_on_with_the_next_sample_and_is_counted(int code, bool resumes)
    {
        using var card = new FaultyCard($"1000:{code} 2000:{code}", resumes: resumes);
        short[] sound = Counted(4_000);
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.Equal(4_000, Play(output, sound));
            Assert.Equal(2, output.XrunCount);
        }

        Assert.Equal(sound, card.Heard<short>()); // not a sample lost or said twice
    }

    [Fact]
    public void After_a_sleep_a_card_that_can_not_resume_loses_what_it_held_and_nothing_else()
    {
        using var card = new FaultyCard($"1000:{Asound.Suspended}");
        short[] sound = Counted(4_000);
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.Equal(4_000, Play(output, sound));
            Assert.Equal(1, output.XrunCount);
        }

        short[] heard = card.Heard<short>();
        int lost = (sound.Length - heard.Length) / 2;
        Assert.InRange(lost, FaultyCard.BufferFrames - 2 * FaultyCard.PeriodFrames, FaultyCard.BufferFrames);
        Assert.Equal([.. sound[..(2 * (1_000 - lost))], .. sound[2_000..]], heard);
    }

    [Theory]
    [InlineData(Asound.Interrupted)]
    [InlineData(Asound.TryAgain)]
    public void A_call_that_was_only_interrupted_is_made_again_and_no_fault(int code)
    {
        using var card = new FaultyCard($"1000:{code} 2000:{code}");
        short[] sound = Counted(4_000);
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.Equal(4_000, Play(output, sound));
            Assert.Equal(0, output.XrunCount);
        }

        Assert.Equal(sound, card.Heard<short>());
    }

    [Theory]
    [InlineData(Asound.NoDevice)]
    [InlineData(Asound.InputOutputError)]
    public void A_card_that_is_gone_is_told_at_once_by_its_code(int code)
    {
        using var card = new FaultyCard($"1000:{code}");
        using AlsaOutput output = FaultyCard.Open();
        Assert.Equal(code, Play(output, Counted(4_000)));
        Assert.Equal(0, output.XrunCount);
    }

    [Fact]
    public void A_card_that_never_recovers_is_given_up_instead_of_tried_for_ever()
    {
        using var card = new FaultyCard(string.Join(' ', Enumerable.Repeat($"1000:{Asound.Xrun}", 10)));
        using AlsaOutput output = FaultyCard.Open();
        Assert.Equal(Asound.InputOutputError, Play(output, Counted(4_000)));
        Assert.InRange(output.XrunCount, 3, 5);
    }

    [Theory]
    [InlineData(Busy, "busy")]
    [InlineData(NoEntry, "No such file")]
    [InlineData(Asound.NoDevice, "No such device")]
    public void A_card_that_is_busy_or_absent_is_told_by_name_and_opens_once_it_is_there(int code, string reason)
    {
        using var card = new FaultyCard();
        card.Refuse(code);
        Assert.False(FaultyCard.TryOpen(out AlsaOutput? none, out string problem));
        Assert.Null(none);
        Assert.Contains("'card'", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.OrdinalIgnoreCase);
        card.Refuse(0);
        using AlsaOutput output = FaultyCard.Open();
        Assert.Equal(1_000, Play(output, Counted(1_000)));
    }

    [Fact]
    public void Unplugged_and_plugged_in_again_it_plays_on()
    {
        using var card = new FaultyCard($"1000:{Asound.NoDevice}");
        using (AlsaOutput output = FaultyCard.Open()) Assert.Equal(Asound.NoDevice, Play(output, Counted(4_000)));
        short[] before = card.Heard<short>();
        short[] sound = Counted(900); // ends before the fault
        using (AlsaOutput output = FaultyCard.Open()) Assert.Equal(900, Play(output, sound));
        Assert.Equal(sound, card.Heard<short>()[before.Length..]);
    }

    [Fact]
    public void What_is_queued_is_taken_back_to_the_frame_and_replaced()
    {
        const int Keep = 100;
        using var card = new FaultyCard();
        short[] sound = Counted(1_024);
        int back;
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.True(output.IsPaced);
            Play(output, sound);
            back = output.Rewind(Keep);
            Assert.InRange(back, FaultyCard.BufferFrames - FaultyCard.PeriodFrames - Keep, FaultyCard.BufferFrames - Keep);
            Play(output, new short[2 * back]);
        }

        short[] heard = card.Heard<short>();
        Assert.Equal(sound.Length, heard.Length);
        Assert.Equal(sound[..^(2 * back)], heard[..^(2 * back)]);
        Assert.All(heard[^(2 * back)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void What_is_dropped_is_never_heard_and_the_next_write_is()
    {
        using var card = new FaultyCard();
        short[] sound = Counted(1_024);
        short[] after = [.. Counted(300).Select(sample => (short)-sample)];
        using (AlsaOutput output = FaultyCard.Open())
        {
            Play(output, sound);
            output.Drop();
            Play(output, after);
            Assert.Equal(0, output.XrunCount);
        }

        short[] heard = card.Heard<short>();
        Assert.InRange(heard.Length / 2, 1_024 - FaultyCard.BufferFrames + 300, 1_024 - FaultyCard.BufferFrames + FaultyCard.PeriodFrames + 300);
        Assert.Equal(after, heard[^after.Length..]);
        Assert.Equal(sound[..(heard.Length - after.Length)], heard[..^after.Length]);
    }

    [Fact]
    public void A_card_of_32_bits_gets_every_sample_with_its_lower_bits_through_an_xrun_too()
    {
        using var card = new FaultyCard($"1000:{Asound.Xrun}", "S32_LE");
        short[] sound = Counted(4_000);
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.Equal(32, output.Bits);
            Assert.Equal(4_000, Play(output, sound));
        }

        Assert.Equal(Finer(sound), card.Heard<int>());
    }

    [Fact]
    public void A_card_of_24_bits_gets_every_sample_in_three_bytes_through_an_xrun_too()
    {
        using var card = new FaultyCard($"1000:{Asound.Xrun}", "S24_3LE");
        short[] sound = Counted(4_000);
        using (AlsaOutput output = FaultyCard.Open())
        {
            Assert.Equal(24, output.Bits);
            Assert.Equal(4_000, Play(output, sound));
        }

        byte[] heard = card.Heard<byte>();
        Assert.Equal(Finer(sound).SelectMany(sample => unchecked(new[] { (byte)(sample >> 8), (byte)(sample >> 16), (byte)(sample >> 24) })), heard);
    }

    [Theory]
    [InlineData("S16_LE", 16)]
    [InlineData("S32_LE", 32)]
    public void A_converter_in_front_of_a_card_gets_no_more_bits_than_the_card_has(string format, int bits)
    {
        using var card = new FaultyCard("", format);
        short[] sound = Counted(1_000);
        using (AlsaOutput output = FaultyCard.Open("plug:card"))
        {
            Assert.Equal(bits, output.Bits);
            Assert.Equal(1_000, Play(output, sound));
        }

        if (bits == 16) Assert.Equal(sound, card.Heard<short>()); // rounded by us, with dither, and not cut off by the converter
        else Assert.Equal(Finer(sound), card.Heard<int>());
    }

    [Theory]
    [InlineData("S16_LE")]
    [InlineData("S24_3LE")]
    [InlineData("S32_LE")]
    public void Recovery_allocates_nothing(string format)
    {
        using var card = new FaultyCard(string.Join(' ', Enumerable.Range(1, 8).Select(i => $"{i * 1_000}:{(i % 2 == 0 ? Asound.Xrun : Asound.Suspended)}")), format);
        using AlsaOutput output = FaultyCard.Open();
        short[] sound = Counted(4_500);
        int[] wide = Finer(sound);
        Assert.Equal(4_500, Play(output, sound, wide));
        long before = GC.GetAllocatedBytesForCurrentThread();
        int frames = Play(output, sound, wide);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(4_500, frames);
        Assert.Equal(8, output.XrunCount);
    }

    // Blocks of 100 frames, never a period; the frames taken, or the code of the write that failed.
    private static int Play(AlsaOutput output, short[] sound) => Play(output, sound, Finer(sound));

    private static int Play(AlsaOutput output, short[] sound, int[] wide)
    {
        int frames = 0;
        for (int at = 0; at < sound.Length; at += 200)
        {
            int accepted = output.Write(sound.AsSpan(at, Math.Min(200, sound.Length - at)), wide.AsSpan(at, Math.Min(200, sound.Length - at)));
            if (accepted < 0) return accepted;
            frames += accepted;
        }

        return frames;
    }

    // What was before it was rounded to these: other bits below, 24 in all.
    private static int[] Finer(short[] sound) => [.. sound.Select(sample => sample << 16 | (sample & 0x7F) << 8)];

    // No two samples in 4 000 frames are the same, and none is 0.
    private static short[] Counted(int frames) => [.. Enumerable.Range(1, 2 * frames).Select(i => (short)i)];
}
