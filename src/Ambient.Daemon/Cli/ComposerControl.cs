using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ambient.Composer.Direction;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Cli;

/// <summary><c>composer control</c>: how well the music follows what is asked of it, axis by axis.</summary>
internal static class ComposerControl
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var intents = new Option<int>("--intents") { Description = "how many random intents", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "same seed, same figures", DefaultValueFactory = _ => 1 };
        var guidance = new Option<float>("--guidance") { Description = "how far beyond the network's own reading intent is followed", DefaultValueFactory = _ => OnnxScoreModel.DefaultGuidance };
        var model = new Option<DirectoryInfo?>("--model") { Description = "folder of another network than the shipped one" };
        var mood = new Option<string>("--mood") { Description = "mood within which sounding events are measured", DefaultValueFactory = _ => "calm" };
        var corpora = new Option<string[]>("--corpus") { Description = "in whose manner (several: in equal parts); default: the network's choice" };
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("control", "Rank correlation (Spearman) between what is asked and what is written, over random intents.") { intents, seed, guidance, model, mood, corpora, json };
        command.SetAction(parsed =>
        {
            MoodLibrary moods = Installation.LoadMoods(null);
            Mood played = ComposerCommand.Audible(moods, parsed.GetValue(mood)!);
            Func<OnnxScoreModel> load = () => ComposerCommand.LoadModel(parsed.GetValue(guidance), parsed.GetValue(model)?.FullName);
            using OnnxScoreModel network = load();
            string[] named = parsed.GetValue(corpora) ?? [];
            Dictionary<IntentAxis, double> raw = RawControl.Measure(network, parsed.GetValue(intents), [.. named.Select(name => (name, 1.0 / named.Length))], (ulong)parsed.GetValue(seed));
            Dictionary<IntentAxis, double> sounding = SoundingControl.Measure(load, played, parsed.GetValue(intents), (ulong)parsed.GetValue(seed));
            var result = new ControlResult(ByName(sounding), ByName(raw));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(result, ComposerJson.Default.ControlResult));
                return ExitCodes.Good;
            }

            Console.WriteLine($"{"",-18}{"sounding",10}{"raw model",12}");
            foreach ((string axis, double rho) in result.Rho)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{axis,-18}{rho,10:0.000}{(result.RhoModel.TryGetValue(axis, out double ofModel) ? $"{ofModel,12:0.000}" : "")}"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Dictionary<string, double> ByName(Dictionary<IntentAxis, double> rho) =>
        rho.ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), pair => Math.Round(pair.Value, 3));
}

/// <summary>What <c>composer control --json</c> prints.</summary>
/// <param name="Rho">Of sounding events, by axis.</param>
/// <param name="RhoModel">Of raw model output, by axis.</param>
internal sealed record ControlResult(IReadOnlyDictionary<string, double> Rho, IReadOnlyDictionary<string, double> RhoModel);
