using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Moods;
using Ambient.Synth.Metering;

namespace Ambient.Daemon.Cli;

/// <summary><c>judge</c>: what a sound file is like, and whether that is what its mood should be like.</summary>
internal static class JudgeCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var wav = new Argument<FileInfo>("WAV") { Description = "what to judge: 48 kHz, best ten minutes" };
        var midi = new Option<FileInfo?>("--midi") { Description = "its notes, a track for each instrument, as render --midi writes them" };
        var mood = new Option<string>("--mood") { Description = "whose targets hold", DefaultValueFactory = _ => "calm" };
        Option<DirectoryInfo?> moods = MoodsOption.Create();
        var stems = new Option<DirectoryInfo?>("--stems") { Description = "its layers, a WAV file for each instrument, as render --stems writes them" };
        var json = new Option<bool>("--json") { Description = "print the result as one JSON object" };
        var command = new Command("judge", "Measures a WAV file and says which measures are where they should be.") { wav, midi, mood, moods, stems, json };
        command.SetAction(parsed => Run(parsed.GetValue(wav)!, parsed.GetValue(midi), parsed.GetValue(mood)!, MoodsOption.Load(parsed.GetValue(moods)), parsed.GetValue(stems), parsed.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo wav, FileInfo? midi, string moodName, MoodLibrary moods, DirectoryInfo? stems, bool isJson)
    {
        if (!moods.TryGet(moodName, out Mood? mood)) throw new CliException(ExitCodes.Usage, $"--mood is '{moodName}'; allowed: {string.Join(", ", moods.Names)}");
        IReadOnlyList<ScoreNote>? notes = midi is null ? null : ReadNotes(midi, mood);
        var meter = new ProgrammeMeter();
        using (var reader = new WavReader(wav.FullName)) reader.ReadAll(meter.Add);

        var judgement = Judgement.Of(meter.Measure(), notes, mood, stems is null ? [] : ReadStems(stems));
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(judgement, JudgementJson.Default.Judgement));
        else Print(judgement);
        return judgement.Failed > 0 ? ExitCodes.Failed : ExitCodes.Good;
    }

    private static List<StemMeasures> ReadStems(DirectoryInfo folder)
    {
        if (!folder.Exists) throw new CliException(ExitCodes.NoInput, $"--stems is '{folder}', which does not exist; allowed: a folder of render --stems");
        var stems = new List<StemMeasures>();
        foreach (FileInfo file in folder.GetFiles("*.wav").OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            using var reader = new WavReader(file.FullName);
            stems.Add(StemMeasures.Of(Path.GetFileNameWithoutExtension(file.Name), sink => reader.ReadAll(samples => sink(samples))));
        }

        return stems;
    }

    private static IReadOnlyList<ScoreNote> ReadNotes(FileInfo midi, Mood mood)
    {
        try
        {
            return Salience.Notes(MidiReader.Read(File.ReadAllBytes(midi.FullName)), mood);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read '{midi}': {wrong.Message}");
        }
    }

    private static void Print(Judgement judgement)
    {
        foreach (Finding finding in judgement.Findings)
        {
            string value = finding.Value?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) ?? "–";
            Console.WriteLine($"{finding.Verdict.ToString().ToLowerInvariant(),-5} {finding.Measure,-42} {value,9}   {finding.Target}{(finding.Note.Length > 0 ? $"   ({finding.Note})" : "")}");
        }

        Console.WriteLine($"{judgement.Mood}: {judgement.Passed} pass, {judgement.Warned} warn, {judgement.Failed} fail");
    }
}

/// <summary>What <c>judge --json</c> prints.</summary>
/// <param name="Mood">Whose targets.</param>
/// <param name="Seconds">Length.</param>
/// <param name="Passed">Measures on target.</param>
/// <param name="Warned">Measures off target.</param>
/// <param name="Failed">Measures beyond a gate.</param>
/// <param name="Findings">All of them.</param>
internal sealed record Judgement(string Mood, double Seconds, int Passed, int Warned, int Failed, IReadOnlyList<Finding> Findings)
{
    /// <summary>Judges.</summary>
    public static Judgement Of(ProgrammeMeasures sound, IReadOnlyList<ScoreNote>? notes, Mood mood, IReadOnlyList<StemMeasures>? stems = null)
    {
        IReadOnlyList<Finding> findings = [.. Judge.Of(sound, notes is null ? null : NoteMeasures.Of(notes, sound.Seconds), Targets.Of(mood)), .. StemJudge.Of(stems ?? [], mood)];
        return new(mood.Name, Math.Round(sound.Seconds, 2), Count(Verdict.Pass), Count(Verdict.Warn), Count(Verdict.Fail), findings);

        int Count(Verdict verdict) => findings.Count(finding => finding.Verdict == verdict);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Judgement))]
internal sealed partial class JudgementJson : JsonSerializerContext;
