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
        var listen = new Option<bool>("--listen") { Description = "Show what arrives on the broker, what was understood, and the configuration that would map the rest." };
        var seconds = new Option<int>("--seconds") { Description = "How long to listen, 1..86400.", DefaultValueFactory = _ => 30 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 86_400) result.AddError($"--seconds is {result.GetValueOrDefault<int>()}; allowed: 1..86400");
        });
        var command = new Command("doctor", "Look for every device, permission and dependency, and say how to mend what is missing.") { config, json, listen, seconds };
        command.SetAction((parsed, cancellation) =>
        {
            AmbientConfig room = parsed.GetValue(config) is { } file ? AmbientConfig.Load(file.FullName) : new AmbientConfig { BaseDirectory = Environment.CurrentDirectory };
            return Task.FromResult(parsed.GetValue(listen)
                ? Listen(room, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(json), cancellation)
                : Examine(room, parsed.GetValue(json)));
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

    private static int Listen(AmbientConfig config, TimeSpan duration, bool asJson, CancellationToken cancellation)
    {
        var eavesdropper = new Eavesdropper(config);
        var topics = new List<Eavesdropper.Heard>();
        var suggested = new HashSet<string>(StringComparer.Ordinal);
        using var probe = new BrokerProbe(config.Mqtt, (topic, payload, isRetained) =>
        {
            if (eavesdropper.Take(topic, payload, isRetained) is not { } heard) return;
            topics.Add(heard);
            if (!asJson) Print(heard, isNew: suggested.Add(heard.Configure ?? ""));
        });
        Finding broker = probe.Connect();
        if (!asJson) Print(broker);
        if (broker.Ok) probe.Listen(["#"], duration, cancellation);
        if (!asJson && eavesdropper.WideDevices > 1)
            Console.WriteLine($"{eavesdropper.WideDevices} devices are understood, and every one counts as being in this room. Of a house with more rooms, put the lines of those that are into Sensors.Sources, in place of the wide one.");
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(new Report([broker], topics), Readable.Report));
        return broker.Ok ? ExitCodes.Good : ExitCodes.Failed;
    }

    private static void Print(Eavesdropper.Heard heard, bool isNew)
    {
        string understood = heard.Understood.Count > 0 ? string.Join(", ", heard.Understood) : "nothing understood";
        Console.WriteLine($"{heard.Topic}: {understood}");
        foreach (string problem in heard.Problems) Console.WriteLine($"        problem: {problem}");
        if (heard.Configure is { } line && isNew) Console.WriteLine($"        Sensors.Sources would want: {line}");
        if (heard.OnlyDevice is { } only) Console.WriteLine($"        this device alone: {only}");
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
    internal sealed record Report(IReadOnlyList<Finding> Findings, IReadOnlyList<Eavesdropper.Heard>? Topics = null);
}

/// <summary>Generated JSON code of <c>doctor</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DoctorCommand.Report))]
internal sealed partial class DoctorJson : JsonSerializerContext;
