using Ambient.Synth.Metering;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>What can be measured on one layer of a mix.</summary>
/// <param name="Instrument">Who plays it.</param>
/// <param name="TruePeakDbtp">Highest level between samples.</param>
/// <param name="Dc">Mean of the samples, 1 = full scale.</param>
/// <param name="IntegratedLufs">Loudness; negative infinity for silence.</param>
/// <param name="Heard">Whether it is above -50 LUFS, every tenth of a second.</param>
public sealed record StemMeasures(string Instrument, double TruePeakDbtp, double Dc, double IntegratedLufs, IReadOnlyList<bool> Heard)
{
    private const double HeardLufs = -50;

    /// <summary>Share of the time in which it is heard, 0..1.</summary>
    public double Duty => Heard.Count == 0 ? 0 : (double)Heard.Count(heard => heard) / Heard.Count;

    /// <summary>Measures a stem.</summary>
    /// <param name="instrument">Who plays it.</param>
    /// <param name="read">Hands all samples over, 48 kHz, L R L R.</param>
    public static StemMeasures Of(string instrument, Action<SampleSink> read)
    {
        var meter = new LoudnessMeter();
        long sum = 0, count = 0;
        read(samples =>
        {
            meter.Add(samples);
            foreach (short sample in samples) sum += sample;
            count += samples.Length;
        });
        return new(instrument, meter.TruePeakDbtp, count == 0 ? 0 : sum / (32_768.0 * count), meter.IntegratedLufs, [.. meter.Curve.Momentary.Select(lufs => lufs > HeardLufs)]);
    }

    /// <summary>Receives samples.</summary>
    public delegate void SampleSink(ReadOnlySpan<short> interleaved);
}
