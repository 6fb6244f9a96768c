using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ambient.Daemon.Bench;

namespace Ambient.Daemon.Cli;

/// <summary><c>bench fleet|flood|command</c>: what the control plane stands, with a real broker on loopback.</summary>
internal static class BenchControlCommands
{
    /// <summary><c>bench fleet</c>.</summary>
    public static Command Fleet()
    {
        var zones = new Option<int>("--zones") { Description = "simulated zones, each with a connection of its own, 1..5000", DefaultValueFactory = _ => 1_000 };
        var seconds = new Option<int>("--seconds") { Description = "how long they play, to measure the broker", DefaultValueFactory = _ => 20 };
        var json = Json();
        var command = new Command("fleet", "Many zones on one mosquitto: a group's schedule applied and acknowledged, an evacuation, and what the broker does meanwhile.") { zones, seconds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            int count = InRange(parsed.GetValue(zones), "--zones", 1, 5_000);
            FleetCost cost = await FleetBench.RunAsync(count, TimeSpan.FromSeconds(InRange(parsed.GetValue(seconds), "--seconds", 1, 3_600)), cancellation);
            Print(parsed.GetValue(json), cost, ControlBenchJson.Default.FleetCost, FormattableString.Invariant($"""
                {cost.Zones} zones connected in {cost.ConnectSeconds} s
                schedule for all: {cost.Acknowledged} acknowledged in {cost.AcknowledgedSeconds} s, applied in {cost.AppliedSeconds} s; {cost.ScheduleMessagesIn} messages in, {cost.ScheduleMessagesOut} out, {cost.ScheduleBrokerSeconds} s of the broker's processor
                evacuation: obeyed by all in {cost.EvacuatedSeconds} s
                playing: {cost.LifeMessagesPerSecond} messages/s, broker {cost.LifeBrokerCpuPercent} % of a core and {cost.BrokerRssMb} MB, all zones' control planes {cost.LifeZonesCpuPercent} %
                """));
            return cost.Acknowledged == count && cost.Refused == 0 ? ExitCodes.Good : ExitCodes.Failed;
        });
        return command;
    }

    /// <summary><c>bench flood</c>.</summary>
    public static Command Flood()
    {
        var rate = new Option<int>("--rate") { Description = "messages a second, 1..50000", DefaultValueFactory = _ => 5_000 };
        var seconds = new Option<int>("--seconds") { Description = "how long", DefaultValueFactory = _ => 60 };
        var json = Json();
        var command = new Command("flood", "The whole daemon under a flood of sensor messages, commands and garbage: does the music notice?") { rate, seconds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            bool isJson = parsed.GetValue(json);
            FloodCost cost = await FloodBench.RunAsync(
                InRange(parsed.GetValue(rate), "--rate", 1, 50_000), TimeSpan.FromSeconds(InRange(parsed.GetValue(seconds), "--seconds", 1, 3_600)), isJson, cancellation);
            Print(isJson, cost, ControlBenchJson.Default.FloodCost, FormattableString.Invariant($"""
                {cost.SentPerSecond} messages/s for {cost.Seconds} s: {cost.Received} came, {cost.Dropped} dropped
                sound: latest block {cost.LateMs} ms late ({(cost.HasGap ? "a gap" : "no gap")}), {cost.LateEvents} late events, {cost.Xruns} xruns
                daemon {cost.CpuPercent} % of a core, {cost.RssMbBefore} MB before, {cost.RssMbMost} MB at most; broker {cost.BrokerCpuPercent} %
                """));
            return cost.HasGap ? ExitCodes.Failed : ExitCodes.Good;
        });
        return command;
    }

    /// <summary><c>bench command</c>.</summary>
    public static Command Latency()
    {
        var count = new Option<int>("--count") { Description = "commands", DefaultValueFactory = _ => 300 };
        var json = Json();
        var command = new Command("command", "From a command on the broker to the answer on effective, and to the first sound that differs.") { count, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            bool isJson = parsed.GetValue(json);
            CommandCost cost = await CommandBench.RunAsync(InRange(parsed.GetValue(count), "--count", 10, 100_000), isJson, cancellation);
            Print(isJson, cost, ControlBenchJson.Default.CommandCost, FormattableString.Invariant($"""
                command to effective: {cost.EffectiveMsP50} ms p50, {cost.EffectiveMsP99} ms p99, {cost.EffectiveMsMax} ms at most, of {cost.Commands}
                first sound that differs: level {cost.AudibleLevelMs} ms, a person's mood {cost.AudibleMoodMs} ms, life safety {cost.AudibleUrgentMs} ms, and up to 107 ms for the step and 171 ms for the device
                """));
            return ExitCodes.Good;
        });
        return command;
    }

    private static int InRange(int value, string option, int lowest, int highest) =>
        value >= lowest && value <= highest ? value : throw new CliException(ExitCodes.Usage, $"{option} is {value}; allowed: {lowest}..{highest}");

    private static void Print<T>(bool isJson, T cost, JsonTypeInfo<T> type, string text) => Console.WriteLine(isJson ? JsonSerializer.Serialize(cost, type) : text);

    private static Option<bool> Json() => new("--json") { Description = "one JSON object as the last line" };
}

/// <summary>How results are printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(FleetCost))]
[JsonSerializable(typeof(FloodCost))]
[JsonSerializable(typeof(CommandCost))]
internal sealed partial class ControlBenchJson : JsonSerializerContext;
