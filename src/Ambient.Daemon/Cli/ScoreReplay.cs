using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Daemon.Room;
using Ambient.Synth;

namespace Ambient.Daemon.Cli;

/// <summary><c>render --replay LOG</c>: what a score log wrote down, played again, to the bit on any machine.</summary>
internal static class ScoreReplay
{
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
        using var sound = new OfflineSound(engine, wav, seconds);
        do score.MoveTo(engine.FramesRendered + LookAhead.Frames, queue);
        while (!sound.Next().IsEmpty);

        var result = new ReplayedScore(seconds, sound.Sha256, sound.Lufs);
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
