using System.Diagnostics;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Tests.Cli;

/// <summary><c>render --scenario</c>, <c>--score-log</c> and <c>--replay</c> as a caller sees them.</summary>
public sealed class ScenarioTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-scenario-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_happens_is_heard_and_the_score_log_replays_to_the_bit()
    {
        string scenario = File("a.jsonl",
            """{"at":"00:00:05","set":{"occupancy":0.95,"lux":300}}""",
            """{"at":20,"topic":"ambient/lobby/mood/set","payload":"social"}""",
            """{"at":25,"topic":"ambient/lobby/event","payload":{"event":"chime","intensity":0.6}}""",
            """{"at":26,"topic":"ambient/lobby/input/heart_rate","payload":"60"}""",
            """{"at":27,"topic":"zigbee2mqtt/hall","payload":"{\"occupancy\":true}"}""");
        string log = Path.Combine(_folder, "a.log");
        JsonElement rendered = Json(Run("render", "--mood", "calm", "--scenario", scenario, "--seconds", "45", "--score-log", log, "--json"));
        JsonElement again = Json(Run("render", "--mood", "calm", "--scenario", scenario, "--seconds", "45", "--json"));
        Assert.Equal(rendered.GetProperty("sha256").GetString(), again.GetProperty("sha256").GetString());
        Assert.Equal(rendered.GetProperty("sha256").GetString(), Json(Run("render", "--replay", log, "--seconds", "45", "--json")).GetProperty("sha256").GetString());

        JsonElement[] lines = [.. System.IO.File.ReadLines(log).Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] status = [.. lines.Where(line => line.TryGetProperty("second", out _))];
        Assert.Equal("calm", status[15].GetProperty("mood").GetString());
        Assert.Equal("social", status[^1].GetProperty("mood").GetString());
        Assert.Contains("occupancy 0.95", status[^1].GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.TryGetProperty("tokens", out JsonElement tokens) && tokens.GetArrayLength() == 4 && line.GetProperty("network").GetBoolean());
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public void A_whole_mood_is_the_same_bytes_on_a_processor_that_can_do_less(string ability)
    {
        string log = Path.Combine(_folder, "a.log");
        string? sha = Json(Run("render", "--mood", "social", "--occupancy", "0.95", "--seconds", "40", "--score-log", log, "--json")).GetProperty("sha256").GetString();
        Assert.Equal(sha, Json(Run(new Dictionary<string, string> { [ability] = "0" }, "render", "--replay", log, "--seconds", "40", "--json")).GetProperty("sha256").GetString());
    }

    [Theory]
    [InlineData("""{"at":"soon","set":{"occupancy":1}}""", "a.jsonl:1: at is \"soon\"")]
    [InlineData("""{"at":1,"set":{"occupation":1}}""", "set.occupation is no feature; allowed: occupancy")]
    [InlineData("""{"at":1}""", "needs \"topic\" or \"set\"")]
    [InlineData("kazoo", "is no JSON")]
    public void A_wrong_line_is_named(string line, string said)
    {
        (int exitCode, _, string errors) = Run("render", "--scenario", File("a.jsonl", line), "--seconds", "1");
        Assert.Equal(ExitCodes.NoInput, exitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    private string File(string name, params string[] lines)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllLines(path, lines);
        return path;
    }

    private static JsonElement Json((int ExitCode, string Output, string Errors) run)
    {
        Assert.True(run.ExitCode == ExitCodes.Good, run.Errors);
        return JsonDocument.Parse(run.Output.Trim().Split('\n')[^1]).RootElement;
    }

    private static (int ExitCode, string Output, string Errors) Run(params string[] arguments) => Run([], arguments);

    private static (int ExitCode, string Output, string Errors) Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ExitCodes).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
