using System.Diagnostics;
using System.Text.Json;
using Ambient.Daemon.Cli;
using Ambient.Sensors.Trials;

namespace Ambient.Daemon.Tests.Cli;

/// <summary><c>replay</c> and <c>decode</c> as a caller sees them: the real program, its exit code and its last line.</summary>
public sealed class SensorVerbsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-verbs").FullName;

    [Fact]
    public async Task Replay_scores_a_trace_against_its_labels_and_hides_what_is_masked()
    {
        string file = Write("trace.csv", """
            time,sensor,quantity,value,unit
            2026-01-01T00:00:00Z,pir,motion,1,
            2026-01-01T00:00:00Z,label,label_occupied,1,
            2026-01-01T00:00:30Z,pir,motion,1,
            2026-01-01T00:00:30Z,label,label_occupied,0,
            """);
        (int exitCode, string output, _) = await RunAsync("replay", file, "--format", "ambient", "--json");
        Assert.Equal(ExitCodes.Good, exitCode);
        using JsonDocument report = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(2, report.RootElement.GetProperty("rows").GetInt32());
        Assert.Equal(0.5, report.RootElement.GetProperty("accuracy").GetDouble());
        Assert.Equal(1, report.RootElement.GetProperty("confusion").GetProperty("false_positive").GetInt32());

        (_, output, _) = await RunAsync("replay", file, "--format", "ambient", "--mask", "pir", "--json");
        using JsonDocument masked = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.Equal("pir", masked.RootElement.GetProperty("masked")[0].GetString());
        Assert.Equal(1, masked.RootElement.GetProperty("confusion").GetProperty("true_negative").GetInt32());
    }

    [Fact]
    public async Task Decode_answers_every_line_with_readings_or_problems()
    {
        string file = Write("messages.jsonl", """
            {"ecosystem":"zigbee2mqtt","topic":"zigbee2mqtt/door","payload":"{\"contact\":true}","retain":false}
            {"ecosystem":"generic","topic":"b/1","payload_b64":"Njg=","mapping":[{"topic":"b/+","path":"","quantity":"temperature","unit":"°F"}]}
            {"ecosystem":"zigbee2mqtt","topic":"zigbee2mqtt/door","payload":"garbage"}
            """);
        (int exitCode, string output, _) = await RunAsync("decode", file);
        Assert.Equal(ExitCodes.Good, exitCode);
        Assert.Equal(
            [
                """{"readings":[{"quantity":"contact","value":"closed","unit":""}],"problems":[]}""",
                """{"readings":[{"quantity":"temperature","value":20,"unit":"°C"}],"problems":[]}""",
                """{"readings":[],"problems":["payload is not JSON: 'garbage'"]}""",
            ],
            output.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(ExitCodes.NoInput, "absent.csv", "replay", "absent.csv", "--format", "uci864")]
    [InlineData(ExitCodes.Usage, "uci864", "replay", "absent.csv", "--format", "xls")]
    [InlineData(ExitCodes.Usage, "There are: light", "replay", "absent.csv", "--format", "uci864", "--mask", "smell")]
    [InlineData(ExitCodes.NoInput, "absent.jsonl", "decode", "absent.jsonl")]
    public async Task What_is_wrong_is_told_by_exit_code_and_message(int expected, string told, params string[] arguments)
    {
        (int exitCode, _, string errors) = await RunAsync(arguments);
        Assert.Equal(expected, exitCode);
        Assert.Contains(told, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ecosystem_that_nobody_knows_is_a_mistake_of_the_caller_and_costs_no_other_line()
    {
        (int exitCode, string output, string errors) = await RunAsync("decode", Write("m.jsonl", """{"ecosystem":"morse","topic":"a","payload":"1"}""" + "\n" + """{"ecosystem":"esphome","topic":"a/status","payload":"online","mapping":null}"""));
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("Ecosystem is 'morse'. There are: chirpstack, esphome,", errors, StringComparison.Ordinal);
        Assert.Contains("available", output.TrimEnd().Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bench_lies_tells_for_every_lie_and_every_defect_what_it_costs_and_twice_the_same()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "data", "uci864-2017-12-22.csv");
        (int exitCode, string output, _) = await RunAsync("bench", "lies", file, "--format", "uci864", "--seeds", "1", "--json");
        Assert.Equal(ExitCodes.Good, exitCode);
        using JsonDocument report = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        Assert.InRange(report.RootElement.GetProperty("honest").GetProperty("accuracy").GetDouble(), 0.97, 1);
        Assert.InRange(report.RootElement.GetProperty("honest").GetProperty("false_alarms_a_day").GetInt32(), 0, 1);
        Assert.Equal(LightLies.All.Select(lie => lie.Name), report.RootElement.GetProperty("lies").EnumerateArray().Select(row => row.GetProperty("lie").GetString()!));
        Assert.All(report.RootElement.GetProperty("lies").EnumerateArray(), row => Assert.True(row.GetProperty("loss_points").GetDouble() < 3, $"{row}")); // an afternoon; measured 2.3
        var silent = report.RootElement.GetProperty("defects").EnumerateArray().Where(row => row.GetProperty("defect").GetString() == "silent").ToList();
        Assert.Equal(15, silent.Count); // four places with three quantities each, CO2, two PIRs
        Assert.All(silent, row => Assert.InRange(row.GetProperty("unnamed_minutes").GetDouble(), 0, 10));
        (_, string again, _) = await RunAsync("bench", "lies", file, "--format", "uci864", "--seeds", "1", "--json");
        Assert.Equal(output, again);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(CommandLineHost).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }
}
