using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Daemon.Room;
using Ambient.Synth;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Cli;

/// <summary><c>render --replay LOG</c>: what a score log wrote down, played again, to the bit on any machine.</summary>
internal static class ScoreReplay
{
    private const int BlockFrames = SynthEngine.MaxBlockFrames;

    /// <summary>Plays a log.</summary>
    /// <param name="log">Which.</param>
    /// <param name="length">Seconds; null for all of it.</param>
    /// <param name="wav">File to write.</param>
    /// <param name="isJson">Whether to print JSON.</param>
    public static int Run(FileInfo log, int? length, WavFile wav, bool isJson)
    {
        ScoreLogReader score = Open(log);
        int seconds = length ?? score.Seconds;
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, score.EngineSeed);
        using WavOutput? output = wav.Create();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var meter = new LoudnessMeter();
        var block = new short[2 * BlockFrames];
        var blockQ31 = new int[2 * BlockFrames];
        long total = (long)seconds * SynthEngine.SampleRateHz;
        while (engine.FramesRendered < total)
        {
            score.MoveTo(engine.FramesRendered + LookAhead.Frames, queue);
            Span<short> part = block.AsSpan(0, 2 * (int)Math.Min(BlockFrames, total - engine.FramesRendered));
            Span<int> partQ31 = blockQ31.AsSpan(0, part.Length);
            engine.Render(partQ31);
            engine.Round(partQ31, part);
            meter.Add(part);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(part));
            if (output?.Write(part, partQ31) < 0) throw new CliException(ExitCodes.Failed, $"{output.Name} can't be written: is the disk full?");
        }

        var result = new ReplayedScore(seconds, Convert.ToHexStringLower(hash.GetHashAndReset()), double.IsFinite(meter.IntegratedLufs) ? Math.Round(meter.IntegratedLufs, 2) : null);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(result, ReplayedScoreJson.Default.ReplayedScore) : $"{seconds} s of {log.Name}, {result.LufsIntegrated} LUFS{Environment.NewLine}sha256 {result.Sha256}");
        return ExitCodes.Good;
    }

    private static ScoreLogReader Open(FileInfo log)
    {
        try
        {
            return new ScoreLogReader(log.FullName);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't replay '{log}': {wrong.Message}");
        }
    }
}

/// <summary>What <c>render --replay --json</c> prints.</summary>
internal sealed record ReplayedScore(double Seconds, string Sha256, double? LufsIntegrated);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReplayedScore))]
internal sealed partial class ReplayedScoreJson : JsonSerializerContext;
