using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Synth.Benchmarks;

namespace Ambient.Daemon.Cli;

/// <summary><c>bench synth</c>: voices per core and what the effects cost.</summary>
internal static class BenchSynthCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("synth", "How many voices of each kind one core plays, and what reverb, delay and chorus cost.") { json };
        command.SetAction(parsed =>
        {
            using Process self = Process.GetCurrentProcess();
            SynthCost cost = new SynthBenchmark(() =>
            {
                self.Refresh();
                return self.TotalProcessorTime;
            }).Run();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(cost, SynthBenchJson.Default.SynthCost));
                return ExitCodes.Good;
            }

            string vectors = Vector256.IsHardwareAccelerated ? "256-bit vectors" : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";
            Console.WriteLine(FormattableString.Invariant($"voices per core at 48 kHz stereo ({vectors}): {cost.Sine.VoicesPerCore} sine, {cost.SawLp24.VoicesPerCore} saw + 24 dB low-pass, {cost.Fm6.VoicesPerCore} FM of 6 operators, {cost.Pad.VoicesPerCore} pad"));
            Console.WriteLine(FormattableString.Invariant($"reverb: {cost.ReverbNsPerFrame} ns per stereo frame with 8 lines, {cost.Reverb16NsPerFrame} ns with 16; delay: {cost.DelayNsPerFrame} ns; chorus of one instrument: {cost.ChorusNsPerFrame} ns; {cost.AllocatedBytes} bytes allocated"));
            return ExitCodes.Good;
        });
        return command;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SynthCost))]
internal sealed partial class SynthBenchJson : JsonSerializerContext;
