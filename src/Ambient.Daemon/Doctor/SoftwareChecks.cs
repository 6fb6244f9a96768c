using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Room;
using Ambient.Daemon.Schedules;

namespace Ambient.Daemon.Doctor;

/// <summary>What has to be installed: runtime, native libraries, model, moods, schedule.</summary>
internal static class SoftwareChecks
{
    /// <summary>All of them, in the order in which a person would mend them.</summary>
    public static IEnumerable<Finding> Run(AmbientConfig config)
    {
        yield return new Finding(".NET", true, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}");
        yield return Library("libasound.so.2", "sudo apt install libasound2 (Debian 13: libasound2t64)");
        if (config.Mqtt.Enabled) yield return Library("libmosquitto.so.1", "sudo apt install libmosquitto1");
        yield return OnnxRuntime();
        string models = config.Composer.ModelDirectory is { } directory ? config.Resolve(directory) : Installation.Models;
        yield return ModelFiles(models);
        yield return Model(models);
        yield return Moods(config);
        if (config.Schedule.File is { } schedule) yield return Schedule(config.Resolve(schedule));
    }

    private static Finding Library(string name, string mend)
    {
        bool isThere = NativeLibrary.TryLoad(name, out nint _);
        return new Finding(name, isThere, isThere ? "loads" : "is missing or does not load", isThere ? "" : mend);
    }

    private static Finding OnnxRuntime()
    {
        string architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        string[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, "runtimes", $"linux-{architecture}", "native", "libonnxruntime.so"),
            Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so"),
            "libonnxruntime.so.1",
        ];
        string? found = Array.Find(candidates, candidate => NativeLibrary.TryLoad(candidate, out _));
        return found is not null
            ? new Finding("ONNX Runtime", true, $"{found} loads")
            : new Finding("ONNX Runtime", false, $"none of {string.Join(", ", candidates)} loads", "run ./run once, which builds it from npm, or install the package again; rules compose until then");
    }

    // The files by their checksums first: a copy that broke off is the likeliest fault of a card in a Pi.
    private static Finding ModelFiles(string directory)
    {
        const string Name = "model files";
        const string Mend = "copy the folder models of the release again; rules compose until then";
        string description = Path.Combine(directory, "composer.json");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(description));
            foreach (JsonProperty file in json.RootElement.GetProperty("sha256").EnumerateObject())
            {
                string actual = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(directory, file.Name))));
                if (actual != file.Value.GetString()) return new Finding(Name, false, $"{file.Name} has SHA-256 {actual}, {description} says {file.Value}", Mend);
            }

            return new Finding(Name, true, $"{directory}: complete, checksums agree");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new Finding(Name, false, problem.Message, Mend);
        }
    }

    private static Finding Model(string directory)
    {
        using ModelHost model = ModelHost.Open(directory);
        return model.Fault is { } fault
            ? new Finding("model", false, fault, "see ONNX Runtime and model files; rules compose until then")
            : new Finding("model", true, $"{model.Name} plays");
    }

    private static Finding Moods(AmbientConfig config)
    {
        try
        {
            MoodLibrary library = Installation.LoadMoods(config.Composer.MoodDirectory is { } directory ? config.Resolve(directory) : null);
            string names = string.Join(", ", library.Moods.Select(mood => mood.Name));
            return library.Moods.Any(mood => mood.Name == config.Zone.DefaultMood)
                ? new Finding("moods", true, names)
                : new Finding("moods", false, $"Zone.DefaultMood is '{config.Zone.DefaultMood}'. There are: {names}", "name one of these");
        }
        catch (CliException problem)
        {
            return new Finding("moods", false, problem.Message, "./run moods check FILE says what is wrong with a file");
        }
    }

    private static Finding Schedule(string file)
    {
        try
        {
            return new Finding("schedule", true, $"{file}: good, in {ScheduleFile.Load(file).Zone.Id}");
        }
        catch (CliException problem)
        {
            return new Finding("schedule", false, problem.Message, $"./run schedule check {file}");
        }
    }
}
