using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Tests.Cli;

/// <summary><c>render</c> and <c>judge</c> as a caller sees them.</summary>
public sealed class JudgeVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-judge-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_render_with_stems_and_report_can_be_judged_and_the_stems_add_up_to_it_within_20_dB()
    {
        string wav = Path.Combine(_folder, "x.wav"), midi = Path.Combine(_folder, "x.mid"), page = Path.Combine(_folder, "x.html"), stems = Path.Combine(_folder, "stems");
        Assert.Equal(ExitCodes.Good, (await Run("render", "--mood", "calm", "--seconds", "75", "--occupancy", "0.7", "--out", wav, "--midi", midi, "--stems", stems, "--report", page, "--json")).ExitCode);

        (_, string output) = await Run("judge", wav, "--midi", midi, "--mood", "calm", "--json");
        JsonElement judgement = JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
        Assert.Equal(75, judgement.GetProperty("seconds").GetDouble(), 0.1);
        Assert.Contains(judgement.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("measure").GetString() == "salient onsets a minute" && finding.GetProperty("value").GetDouble() > 1);

        string html = await File.ReadAllTextAsync(page);
        Assert.Contains("data:image/png;base64,", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Regex.Replace(html, "base64,[A-Za-z0-9+/=]*", ""), StringComparison.Ordinal); // the letters of a picture may spell anything
        Assert.DoesNotMatch("(src|href)=\"?(http|/)", html);

        short[] mix = Samples(wav);
        var sum = new int[mix.Length];
        foreach (string stem in Directory.GetFiles(stems, "*.wav"))
        {
            short[] samples = Samples(stem);
            for (int i = 0; i < sum.Length; i++) sum[i] += samples[i];
        }

        // Not to the bit: every file has its own dither, and an event of one instrument cuts the others' work.
        double residue = Math.Sqrt(mix.Zip(sum, (one, other) => (double)(one - other) * (one - other)).Average()), level = Math.Sqrt(mix.Average(sample => (double)sample * sample));
        Assert.True(residue < 0.1 * level, $"{residue:0.0} of {level:0}");
    }

    [Fact]
    public async Task A_composers_own_folder_of_moods_can_be_heard_and_judged()
    {
        string moods = Path.Combine(_folder, "moods"), wav = Path.Combine(_folder, "harbour.wav");
        Directory.CreateDirectory(moods);
        string calm = await File.ReadAllTextAsync(Path.Combine(Installation.Moods, "calm.json"));
        await File.WriteAllTextAsync(Path.Combine(moods, "harbour.json"), calm.Replace("\"name\": \"calm\"", "\"name\": \"harbour\"", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Good, (await Run("render", "--mood", "harbour", "--moods", moods, "--seconds", "61", "--out", wav, "--json")).ExitCode);
        Assert.NotEqual(ExitCodes.Usage, (await Run("judge", wav, "--mood", "harbour", "--moods", moods, "--json")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await Run("render", "--mood", "calm", "--moods", moods, "--seconds", "1")).ExitCode);
        Assert.Equal(ExitCodes.NoInput, (await Run("render", "--mood", "calm", "--moods", moods + "x", "--seconds", "1")).ExitCode);
    }

    [Fact]
    public async Task Silence_passes_as_off_and_not_as_calm()
    {
        string wav = Path.Combine(_folder, "off.wav");
        Assert.Equal(ExitCodes.Good, (await Run("render", "--mood", "off", "--seconds", "61", "--out", wav, "--json")).ExitCode);
        Assert.Equal(ExitCodes.Good, (await Run("judge", wav, "--mood", "off")).ExitCode);
        Assert.Equal(ExitCodes.Failed, (await Run("judge", wav, "--mood", "calm", "--json")).ExitCode);
    }

    [Fact]
    public async Task What_is_no_wav_file_ends_with_66()
    {
        string file = Path.Combine(_folder, "x.wav");
        await File.WriteAllTextAsync(file, "RIFF is how it begins, but no more than that: no WAVE at all");
        Assert.Equal(ExitCodes.NoInput, (await Run("judge", file)).ExitCode);
        Assert.Equal(ExitCodes.NoInput, (await Run("judge", file + "2")).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await Run("judge", file, "--mood", "cheerful")).ExitCode);
    }

    private static short[] Samples(string file) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(file).AsSpan(44)).ToArray();

    private static async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CliException).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), messages = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await messages;
        return (process.ExitCode, await output);
    }
}
