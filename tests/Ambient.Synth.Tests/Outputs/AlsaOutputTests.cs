using Ambient.Synth.Effects;
using Ambient.Synth.Outputs;
using Ambient.Synth.Tests.Oscillators;

namespace Ambient.Synth.Tests.Outputs;

[Collection("alsa")]
public sealed class AlsaOutputTests
{
    [Fact]
    public void The_null_device_takes_frames_and_does_not_pace()
    {
        Assert.True(AlsaOutput.TryOpen("null", new AlsaOptions(), out AlsaOutput? output, out string problem), problem);
        using (output)
        {
            Assert.False(output!.IsPaced);
            Assert.Equal(1_024, output.Write(new short[2_048], new int[2_048]));
            Assert.Equal(0, output.XrunCount);
        }
    }

    [Fact]
    public void A_file_device_leaves_a_complete_wav_of_16_bits_which_every_program_reads()
    {
        using var folder = new ScratchFolder();
        string path = folder.File("room.wav");
        short[] sound = Some.Rendered(Some.Second, 256, Some.Minute());
        Assert.True(AlsaOutput.TryOpen($"file:{path},wav", new AlsaOptions(), out AlsaOutput? output, out string problem), problem);
        using (output)
        {
            Assert.False(output!.IsPaced);
            Assert.Equal(16, output.Bits);
            for (int at = 0; at < sound.Length; at += 1_600) Assert.Equal(800, output.Write(sound.AsSpan(at, 1_600), new int[1_600]));
        }

        Assert.Equal(sound, WavFile.Read(path));
    }

    [Fact]
    public void From_oscillator_to_32_bit_card_a_sine_at_minus_2_7_dBFS_has_THD_and_noise_below_minus_115_dB()
    {
        const double Hz = 997;
        using var card = new FaultyCard(format: "S32_LE");
        uint step = (uint)Math.Round(Hz * 4_294_967_296.0 / Some.Second);
        (int[] left, int[] right) = Kernels.Sine(step, (int)(int.MaxValue * Math.Pow(10, -2.7 / 20)), 3 * Some.Second);
        new Limiter().Process(left, right);
        int[] sound = [.. left.Zip(right, (int l, int r) => new[] { l << 8, r << 8 }).SelectMany(frame => frame)];
        var stage = new OutputStage();
        stage.Trim(-1);
        using (AlsaOutput output = FaultyCard.Open())
        {
            for (int at = 0; at < sound.Length; at += 200)
            {
                stage.Process(sound.AsSpan(at, 200));
                Assert.Equal(100, output.Write(new short[200], sound.AsSpan(at, 200)));
            }
        }

        int[] heard = card.Heard<int>();
        Assert.InRange(Measure.ResidueDb([.. Enumerable.Range(Some.Second, 2 * Some.Second).Select(i => heard[2 * i])], Kernels.Hertz(step)), -150, -115);
    }

    [Fact]
    public void A_device_that_is_absent_is_told_by_name_not_thrown()
    {
        Assert.False(AlsaOutput.TryOpen("hw:31,7", new AlsaOptions(), out AlsaOutput? output, out string problem));
        Assert.Null(output);
        Assert.Contains("'hw:31,7'", problem, StringComparison.Ordinal);
        Assert.Contains("snd_pcm_open", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_after_warm_up_allocates_nothing()
    {
        Assert.True(AlsaOutput.TryOpen("null", new AlsaOptions(), out AlsaOutput? output, out string problem), problem);
        using (output)
        {
            var block = new short[2_048];
            var wide = new int[2_048];
            for (int i = 0; i < 100; i++) output!.Write(block, wide);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1_000; i++) output!.Write(block, wide);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }
}
