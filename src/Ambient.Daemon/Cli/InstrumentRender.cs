using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Synth;
using Ambient.Synth.Instruments;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Cli;

/// <summary><c>render --instrument</c>: one instrument's range through the engine as it plays everywhere.</summary>
internal static class InstrumentRender
{
    /// <summary>Renders and reports.</summary>
    public static int Run(string name, int seconds, int seed, WavFile wav, bool isJson)
    {
        if (seconds < 1) throw new CliException(ExitCodes.Usage, $"--seconds is {seconds}; allowed: 1 or more");
        if (!InstrumentCatalog.Names.Contains(name))
            throw new CliException(ExitCodes.Usage, $"--instrument is '{name}'; allowed: {string.Join(", ", InstrumentCatalog.Names.Order(StringComparer.Ordinal))}");

        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, (uint)seed);
        foreach (ScoreEvent scoreEvent in InstrumentScore.Write(InstrumentCatalog.IndexOf(name), seconds)) queue.TryAdd(scoreEvent);
        using WavOutput? output = wav.Create();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var meter = new LoudnessMeter();
        var block = new short[2 * SynthEngine.MaxBlockFrames];
        var blockQ31 = new int[2 * SynthEngine.MaxBlockFrames];
        long total = (long)seconds * SynthEngine.SampleRateHz;
        var watch = Stopwatch.StartNew();
        while (engine.FramesRendered < total)
        {
            Span<short> part = block.AsSpan(0, 2 * (int)Math.Min(SynthEngine.MaxBlockFrames, total - engine.FramesRendered));
            Span<int> partQ31 = blockQ31.AsSpan(0, part.Length);
            engine.Render(partQ31);
            engine.Round(partQ31, part);
            meter.Add(part);
            hash.AppendData(MemoryMarshal.AsBytes<short>(part));
            if (output?.Write(part, partQ31) < 0) throw new CliException(ExitCodes.Failed, $"{output.Name} can't be written: is the disk full?");
        }

        var result = new InstrumentResult(
            name, seconds, Math.Round(seconds / watch.Elapsed.TotalSeconds, 1), Convert.ToHexStringLower(hash.GetHashAndReset()), Decibel(meter.IntegratedLufs), Decibel(meter.TruePeakDbtp));
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(result, InstrumentJson.Default.InstrumentResult)
            : $"{seconds} s of {name}: {result.LufsIntegrated} LUFS, {result.TruePeakDbtp} dBTP, {result.RealtimeFactor} x real time{Environment.NewLine}sha256 {result.Sha256}");
        return ExitCodes.Good;
    }

    // JSON knows no infinity: silence has no loudness.
    private static double? Decibel(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}

/// <summary>What <c>render --instrument --json</c> prints.</summary>
internal sealed record InstrumentResult(string Instrument, double Seconds, double RealtimeFactor, string Sha256, double? LufsIntegrated, double? TruePeakDbtp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstrumentResult))]
internal sealed partial class InstrumentJson : JsonSerializerContext;
