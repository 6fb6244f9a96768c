using System.CommandLine;
using System.Text.Json;
using Ambient.Composer;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Models;

namespace Ambient.Daemon.Cli;

/// <summary><c>composer sample</c>: what the bare network writes, as a grid file for other tools.</summary>
internal static class ComposerSample
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var pieces = new Option<int>("--pieces") { Description = "how many", DefaultValueFactory = _ => 76 };
        var frames = new Option<int>("--frames") { Description = "frames a piece: 16ths, or beats with --slow", DefaultValueFactory = _ => 240 };
        var corpus = new Option<string>("--corpus") { Description = "in whose manner", DefaultValueFactory = _ => "jsb" };
        var slow = new Option<bool>("--slow") { Description = "slow harmony, as the product plays it, instead of a printed score" };
        var seed = new Option<int>("--seed") { Description = "same seed, same pieces", DefaultValueFactory = _ => 1 };
        var file = new Option<FileInfo>("--out") { Description = "grid file to write (split \"sample\")", Required = true };
        var command = new Command("sample", "Writes pieces that the network composes with no mask and no arrangement.") { pieces, frames, corpus, slow, seed, file };
        command.SetAction(parsed =>
        {
            using OnnxScoreModel model = ComposerCommand.LoadModel(guidance: 1);
            var condition = new ScoreCondition { IsSlow = parsed.GetValue(slow), Corpora = [(parsed.GetValue(corpus)!, 1)] };
            var chance = new Prng((ulong)parsed.GetValue(seed));
            int[][][] written = [.. Enumerable.Range(0, parsed.GetValue(pieces)).Select(_ => FreeWriting.Write(model, condition, parsed.GetValue(frames), chance.Split()))];
            using var stream = new FileStream(parsed.GetValue(file)!.FullName, FileMode.Create);
            JsonSerializer.Serialize(stream, new Dictionary<string, int[][][]> { ["sample"] = written }, ComposerJson.Default.DictionaryStringInt32ArrayArrayArray);
            Console.WriteLine($"{written.Length} pieces of {parsed.GetValue(frames)} frames: {parsed.GetValue(file)}");
            return ExitCodes.Good;
        });
        return command;
    }
}
