namespace Ambient.System.Tests;

/// <summary>The ear that judges the daemon has to hear what it is there for.</summary>
public sealed class RecordedSoundTests
{
    [Fact]
    public void A_step_of_a_twentieth_of_the_tone_is_heard_as_a_click()
    {
        short[] tone = Tone();
        for (int i = 2 * 24_000; i < tone.Length; i++) tone[i] += 400;
        Assert.Contains(RecordedSound.Clicks(tone), frame => Math.Abs(frame - 24_000) < 96);
    }

    [Fact]
    public void A_lost_period_is_heard_as_a_click()
    {
        short[] tone = Tone();
        short[] cut = [.. tone[..48_000], .. tone[(48_000 + 2_048)..]];
        Assert.NotEmpty(RecordedSound.Clicks(cut));
    }

    [Fact]
    public void A_soft_tone_that_fades_in_is_no_click() => Assert.Empty(RecordedSound.Clicks(Tone()));

    private static short[] Tone()
    {
        var tone = new short[2 * 48_000];
        for (int i = 0; i < 48_000; i++)
            tone[2 * i] = tone[2 * i + 1] = (short)(8_000 * Math.Min(1, i / 480.0) * Math.Sin(2 * Math.PI * 221.3 * i / 48_000));
        return tone;
    }
}
