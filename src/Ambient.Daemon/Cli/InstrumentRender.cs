using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Synth;
using Ambient.Synth.Instruments;

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
        using var sound = new OfflineSound(engine, wav, seconds);
        var watch = Stopwatch.StartNew();
        while (!sound.Next().IsEmpty)
        {
        }

        var result = new InstrumentResult(
            name, seconds, Math.Round(seconds / watch.Elapsed.TotalSeconds, 1), sound.Sha256, sound.Lufs, sound.TruePeakDbtp);
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(result, InstrumentJson.Default.InstrumentResult)
            : $"{seconds} s of {name}: {result.LufsIntegrated} LUFS, {result.TruePeakDbtp} dBTP, {result.RealtimeFactor} x real time{Environment.NewLine}sha256 {result.Sha256}");
        return ExitCodes.Good;
    }
}

/// <summary>What <c>render --instrument --json</c> prints.</summary>
internal sealed record InstrumentResult(string Instrument, double Seconds, double RealtimeFactor, string Sha256, double? LufsIntegrated, double? TruePeakDbtp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(InstrumentResult))]
internal sealed partial class InstrumentJson : JsonSerializerContext;
