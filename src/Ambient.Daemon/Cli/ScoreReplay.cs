using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Daemon.Room;
using Ambient.Synth;

namespace Ambient.Daemon.Cli;

/// <summary><c>render --replay LOG</c>: what a score log wrote down, played again, to the bit on any machine.</summary>
internal static class ScoreReplay
{
    /// <summary>Plays a log.</summary>
    /// <param name="log">Its files, in their order.</param>
    /// <param name="length">Seconds; null for all of it.</param>
    /// <param name="wav">File to write.</param>
    /// <param name="isJson">Whether to print JSON.</param>
    public static int Run(IReadOnlyList<FileInfo> log, int? length, WavFile wav, bool isJson)
    {
        var queue = new ScoreQueue();
        (ScoreLogReader score, SynthEngine engine) = Open(log, queue);
        int seconds = length ?? score.Seconds;
        using var sound = new OfflineSound(engine, wav, seconds);
        do score.MoveTo(engine.FramesRendered + LookAhead.Frames, queue);
        while (!sound.Next().IsEmpty);

        bool isExact = score.ExactFrames >= (long)seconds * SynthEngine.SampleRateHz;
        double exact = isExact ? seconds : Math.Floor(1_000.0 * score.ExactFrames / SynthEngine.SampleRateHz) / 1_000;
        var result = new ReplayedScore(seconds, sound.Sha256, sound.Lufs, exact, isExact ? null : score.ExactBecause);
        Console.WriteLine(isJson ? JsonSerializer.Serialize(result, ReplayedScoreJson.Default.ReplayedScore) : $"{seconds} s of {log[0].Name}, {result.LufsIntegrated} LUFS{Environment.NewLine}sha256 {result.Sha256}");
        if (!isExact && !isJson) Console.WriteLine(FormattableString.Invariant($"exact up to {exact} s: {score.ExactBecause}"));
        return ExitCodes.Good;
    }

    private static (ScoreLogReader Score, SynthEngine Engine) Open(IReadOnlyList<FileInfo> log, ScoreQueue queue)
    {
        try
        {
            var score = new ScoreLogReader([.. log.Select(file => file.FullName)]);
            return (score, new SynthEngine(queue, score.Engine.Seed) { Tone = score.Engine.Tone });
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentOutOfRangeException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't replay '{string.Join(' ', log)}': {wrong.Message}");
        }
    }
}

/// <summary>What <c>render --replay --json</c> prints.</summary>
/// <param name="Seconds">Length.</param>
/// <param name="Sha256">Of all samples in 16 bits.</param>
/// <param name="LufsIntegrated">Loudness; null for silence.</param>
/// <param name="ExactSeconds">So many of them are to the bit as they were, rounded down to ms.</param>
/// <param name="ExactBecause">Why no more; null where all are.</param>
internal sealed record ReplayedScore(double Seconds, string Sha256, double? LufsIntegrated, double ExactSeconds, string? ExactBecause);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReplayedScore))]
internal sealed partial class ReplayedScoreJson : JsonSerializerContext;
