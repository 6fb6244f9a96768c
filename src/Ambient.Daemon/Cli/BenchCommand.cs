using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Models;
using Ambient.Daemon.Bench;

namespace Ambient.Daemon.Cli;

/// <summary><c>bench</c>: what the product costs on this machine.</summary>
internal static class BenchCommand
{
    /// <summary>The verb.</summary>
    public static Command Create() => new("bench", "Measures what the product costs on this machine.") { Pipeline(), Model(), BenchSynthCommand.Create(), Schedules(), Sensors(), BenchLiesCommand.Create(), BenchControlCommands.Fleet(), BenchControlCommands.Flood(), BenchControlCommands.Latency() };

    private static Command Pipeline()
    {
        var seconds = new Option<int>("--seconds") { Description = "how long to measure, s, after ten seconds of warming up", DefaultValueFactory = _ => 60 };
        var mood = new Option<string>("--mood") { Description = "mood to play", DefaultValueFactory = _ => "calm" };
        var json = Json();
        var command = new Command("pipeline", "The whole daemon playing in real time, as a process of its own: broker, sensors, model, synthesiser, paced null output.") { seconds, mood, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (parsed.GetValue(seconds) < 1) throw new CliException(ExitCodes.Usage, $"--seconds is {parsed.GetValue(seconds)}; allowed: 1 or more");
            PipelineCost cost = await PipelineBench.RunAsync(parsed.GetValue(mood)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancellation);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(cost, BenchJson.Default.PipelineCost)
                : FormattableString.Invariant($"{cost.CpuPercent:0.00} % of one core, {cost.RssMb:0} MB resident, over {cost.Seconds:0} s ({cost.Vectors})"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Command Model()
    {
        var frames = new Option<int>("--frames") { Description = "frames to compose, four tokens each", DefaultValueFactory = _ => 2_000 };
        var json = Json();
        var command = new Command("model", "One step of the network: everything that sampling one token takes, both guidance branches.") { frames, json };
        command.SetAction(parsed =>
        {
            using OnnxScoreModel model = ComposerCommand.LoadModel();
            StepCost cost = ModelTiming.Run(model, parsed.GetValue(frames), TimeProvider.System);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(cost, BenchJson.Default.StepCost)
                : FormattableString.Invariant($"{cost.StepUsP50:0} us p50, {cost.StepUsP99:0} us p99, {cost.AllocatedBytes} bytes allocated in {cost.Steps} steps"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Command Schedules()
    {
        var json = Json();
        var command = new Command("schedule", "A year-long schedule of 200 slots and 50 exceptions: what its next change costs.") { json };
        command.SetAction(parsed =>
        {
            ScheduleCost cost = ScheduleBench.Run(TimeProvider.System);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(cost, BenchJson.Default.ScheduleCost)
                : FormattableString.Invariant($"next {cost.NextUsP50} us p50, {cost.NextUsP99} us p99, {cost.NextUsFirst} us the first time; at {cost.AtUsP50} us; read in {cost.ReadUs} us"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Command Sensors()
    {
        var sensors = new Option<int>("--sensors") { Description = "how many, one message a second each", DefaultValueFactory = _ => 500 };
        var seconds = new Option<int>("--seconds") { Description = "simulated time, s", DefaultValueFactory = _ => 600 };
        var json = Json();
        var command = new Command("sensors", "Hundreds of sensors of five ecosystems: from the bytes of their messages to the room's context.") { sensors, seconds, json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(sensors) is < 1 or > 10_000) throw new CliException(ExitCodes.Usage, $"--sensors is {parsed.GetValue(sensors)}; allowed: 1..10000");
            if (parsed.GetValue(seconds) < 1) throw new CliException(ExitCodes.Usage, $"--seconds is {parsed.GetValue(seconds)}; allowed: 1 or more");
            SensorCost cost = SensorBench.Run(parsed.GetValue(sensors), parsed.GetValue(seconds));
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(cost, BenchJson.Default.SensorCost)
                : FormattableString.Invariant($"{cost.Sensors} sensors at 1 Hz: {cost.CpuPercent:0.00} % of one core, {cost.BytesPerMessage} bytes a message, {cost.HeapMb:0.0} MB live"));
            return ExitCodes.Good;
        });
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "one JSON object as the last line" };
}

/// <summary>How results are printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PipelineCost))]
[JsonSerializable(typeof(StepCost))]
[JsonSerializable(typeof(ScheduleCost))]
[JsonSerializable(typeof(SensorCost))]
internal sealed partial class BenchJson : JsonSerializerContext;
