using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Tests;

public class StemJudgeTests
{
    private static readonly Mood Calm = Some.Moods()["calm"]; // felt speaks, glass glints, pad is the bed

    private static readonly string[] Layers = ["pad", "drone", "noise", "choir", "felt"];

    [Fact]
    public void A_stem_that_is_too_hot_or_has_an_offset_does_not_pass()
    {
        IReadOnlyList<Finding> findings = StemJudge.Of([Stem("pad", heard: 1, peak: -5.9), Stem("felt", heard: 0.3, dc: -2e-4)], Calm);
        Assert.Equal(["felt: DC", "pad: true peak, dBTP"], findings.Where(finding => finding.Verdict == Verdict.Fail).Select(finding => finding.Measure).Order());
        Assert.DoesNotContain(StemJudge.Of([Stem("pad", heard: 1, peak: -6.1), Stem("felt", heard: 0.3, dc: 5e-5)], Calm), finding => finding.Verdict == Verdict.Fail);
    }

    [Theory]
    [InlineData("felt", 0.1, Verdict.Warn)]
    [InlineData("felt", 0.3, Verdict.Pass)]
    [InlineData("felt", 0.5, Verdict.Warn)]
    [InlineData("glass", 0.05, Verdict.Pass)]
    [InlineData("glass", 0.2, Verdict.Warn)]
    public void The_lead_speaks_for_a_while_and_glints_are_rare(string instrument, double heard, Verdict verdict) =>
        Assert.Equal(verdict, Assert.Single(StemJudge.Of([Stem(instrument, heard)], Calm), finding => finding.Measure == $"{instrument}: share of the time heard").Verdict);

    [Theory]
    [InlineData(1, Verdict.Warn)]
    [InlineData(3, Verdict.Pass)]
    [InlineData(5, Verdict.Warn)]
    public void Two_to_four_layers_sound_at_once(int layers, Verdict verdict)
    {
        StemMeasures[] stems = [.. Layers.Take(layers).Select(instrument => Stem(instrument, heard: 1))];
        Assert.Equal(verdict, Assert.Single(StemJudge.Of(stems, Calm), finding => finding.Measure == "layers heard at once, median").Verdict);
    }

    [Fact]
    public void Silent_stems_are_left_out() => Assert.Empty(StemJudge.Of([Stem("felt", heard: 0, lufs: double.NegativeInfinity)], Calm));

    private static StemMeasures Stem(string instrument, double heard, double peak = -20, double dc = 0, double lufs = -30) =>
        new(instrument, peak, dc, lufs, [.. Enumerable.Range(0, 100).Select(i => i < 100 * heard)]);
}
