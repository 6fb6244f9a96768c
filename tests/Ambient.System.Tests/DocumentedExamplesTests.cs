using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Ambient.Daemon.Tests;
using Ambient.Daemon.Tests.Mqtt;

namespace Ambient.System.Tests;

/// <summary>docs/mqtt.md promises that its examples work: each is sent to a daemon through a broker, and what the page says comes back.</summary>
public sealed class DocumentedExamplesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-examples-");

    [Fact]
    public async Task Every_mosquitto_pub_of_the_MQTT_page_does_what_the_page_says()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        string config = Path.Combine(_folder.FullName, "ambient.json");
        await File.WriteAllTextAsync(config, $$"""
            { "Zone": { "Id": "lobby", "Groups": ["floor-2"] }, "Audio": { "Output": "null" }, "Web": { "Enabled": false }, "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} }, "StateDirectory": "{{_folder.FullName}}" }
            """);
        using var daemon = new DaemonProcess("run", "--config", config);
        await SeeAllAsync(listener, ["ambient/lobby/effective \"priority\":16"], "the daemon's start");

        int sent = 0;
        foreach ((string command, string[] answers) in Examples())
        {
            (string topic, string payload, bool retain) = Parse(command);
            listener.Publish(topic, payload, retain);
            await SeeAllAsync(listener, answers, command);
            sent++;
        }

        Assert.InRange(sent, 14, 100);
        // What was not answered was at least understood: nothing on this page is worth a warning but the schedule that is wrong on purpose.
        Assert.All(daemon.Log.Where(line => line.StartsWith("warn", StringComparison.Ordinal)), line => Assert.Contains("weekly.someday", line));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Each answer is a topic and a part of the payload; in any order.
    private static async Task SeeAllAsync(Listener listener, string[] answers, string after)
    {
        using var deadline = new CancellationTokenSource(3 * Within.Deadline);
        var missing = answers.Select(answer => answer.Split(' ', 2)).ToList();
        var seen = new List<string>();
        try
        {
            while (missing.Count > 0)
            {
                (string topic, string payload, _) = await listener.NextAsync(deadline.Token);
                if (missing.Any(answer => answer[0] == topic)) seen.Add($"{topic} {payload}");
                missing.RemoveAll(answer => answer[0] == topic && payload.Contains(answer[1], StringComparison.Ordinal));
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"after {after}: no {string.Join(" ", missing[0])}; there were {string.Join("; ", seen)}");
        }
    }

    private static IEnumerable<(string Command, string[] Answers)> Examples([CallerFilePath] string here = "")
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "mqtt.md"));
        foreach (Match block in Regex.Matches(page, "```sh example\n(.*?)```", RegexOptions.Singleline))
        {
            foreach (string example in block.Groups[1].Value.Split("mosquitto_pub ", StringSplitOptions.RemoveEmptyEntries))
            {
                string[] lines = example.TrimEnd().Split('\n');
                yield return (lines[0], [.. lines[1..].Select(line => line.TrimStart('#', ' '))]);
            }
        }
    }

    // As a shell and mosquitto_pub read it.
    private static (string Topic, string Payload, bool Retain) Parse(string command)
    {
        string[] words = [.. Regex.Matches(command, "'([^']*)'|(\\S+)").Select(word => word.Groups[1].Success ? word.Groups[1].Value : word.Value)];
        string Of(string option) => Array.IndexOf(words, option) is >= 0 and var at ? words[at + 1] : "";
        Assert.Equal("localhost", Of("-h"));
        Assert.True(words.Contains("-n") || Of("-m").Length > 0, command);
        return (Of("-t"), Of("-m"), words.Contains("-r"));
    }
}
