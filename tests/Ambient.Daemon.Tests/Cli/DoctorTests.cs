using System.Diagnostics;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Tests.Cli;

/// <summary><c>doctor</c> as a caller sees it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-doctor").FullName;

    [Fact]
    public async Task What_is_missing_is_named_and_comes_with_a_way_to_mend_it()
    {
        string file = Path.Combine(_folder, "room.json");
        await File.WriteAllTextAsync(file, """
            { "Audio": { "Output": "alsa:hw:CARD=absent" }, "Mqtt": { "Port": 1 }, "Composer": { "ModelDirectory": "no-models" },
              "Sensors": { "Devices": [ { "Kind": "replay", "File": "absent.csv" } ] } }
            """);
        (int exitCode, JsonElement findings) = await RunAsync("--config", file);
        Assert.Equal(ExitCodes.Failed, exitCode);
        foreach (string name in (string[])["output alsa:hw:CARD=absent", "broker localhost:1", "model files", "device replay"])
        {
            JsonElement finding = findings.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
            Assert.False(finding.GetProperty("ok").GetBoolean());
            Assert.NotEqual("", finding.GetProperty("mend").GetString());
        }
    }

    [Fact]
    public async Task What_is_there_is_found_and_nothing_is_left_behind()
    {
        string file = Path.Combine(_folder, "room.json");
        await File.WriteAllTextAsync(file, """{ "Audio": { "Output": "null" }, "Mqtt": { "Enabled": false }, "Zone": { "TimeZone": "Europe/Berlin" } }""");
        (_, JsonElement findings) = await RunAsync("--config", file);
        string[] ok = [.. findings.EnumerateArray().Where(entry => entry.GetProperty("ok").GetBoolean()).Select(entry => entry.GetProperty("name").GetString()!)];
        Assert.Empty(((string[])[".NET", "libasound.so.2", "ONNX Runtime", "model files", "model", "moods", "output null", "state folder", "time zone"]).Except(ok));
        Assert.Equal(["room.json"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, JsonElement Findings)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(CommandLineHost).Assembly.Location, "doctor", "--json", .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("findings"));
    }
}
