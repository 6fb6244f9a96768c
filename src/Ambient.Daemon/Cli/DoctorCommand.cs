using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Doctor;

namespace Ambient.Daemon.Cli;

/// <summary><c>doctor</c>: every device, permission and dependency: found or not, and how to mend it.</summary>
public static class DoctorCommand
{
    private static readonly DoctorJson Readable = new(new JsonSerializerOptions(DoctorJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config") { Description = "The daemon's configuration; default: all defaults." };
        var json = new Option<bool>("--json") { Description = "Print one JSON object as the last line." };
        var command = new Command("doctor", "Look for every device, permission and dependency, and say how to mend what is missing.") { config, json };
        command.SetAction(parsed =>
        {
            AmbientConfig room = parsed.GetValue(config) is { } file ? AmbientConfig.Load(file.FullName) : new AmbientConfig { BaseDirectory = Environment.CurrentDirectory };
            return Examine(room, parsed.GetValue(json));
        });
        return command;
    }

    private static int Examine(AmbientConfig config, bool asJson)
    {
        var findings = new List<Finding>();
        foreach (Finding finding in SoftwareChecks.Run(config).Concat(MachineChecks.Run(config)).Concat(Broker(config)))
        {
            findings.Add(finding);
            if (!asJson) Print(finding);
        }

        if (asJson) Console.WriteLine(JsonSerializer.Serialize(new Report(findings), Readable.Report));
        return findings.TrueForAll(finding => finding.Ok) ? ExitCodes.Good : ExitCodes.Failed;
    }

    private static IEnumerable<Finding> Broker(AmbientConfig config)
    {
        if (!config.Mqtt.Enabled) yield break;
        using var probe = new BrokerProbe(config.Mqtt);
        yield return probe.Connect();
    }

    private static void Print(Finding finding)
    {
        Console.WriteLine($"{(finding.Ok ? "ok     " : "MISSING")} {finding.Name}: {finding.Detail}");
        if (finding.Mend.Length > 0) Console.WriteLine($"        mend: {finding.Mend}");
    }

    /// <summary>What <c>--json</c> prints.</summary>
    internal sealed record Report(IReadOnlyList<Finding> Findings);
}

/// <summary>Generated JSON code of <c>doctor</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DoctorCommand.Report))]
internal sealed partial class DoctorJson : JsonSerializerContext;
