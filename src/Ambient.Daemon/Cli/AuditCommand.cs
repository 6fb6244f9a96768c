using System.CommandLine;
using System.Text.Json;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.State;

namespace Ambient.Daemon.Cli;

/// <summary><c>audit</c>: who changed what when.</summary>
internal static class AuditCommand
{
    private const string UsualConfig = "/etc/ambient/ambient.json";

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo?>("--config") { Description = $"configuration file, for its state folder; default: $STATE_DIRECTORY, or that of {UsualConfig}, or ./state" };
        var count = new Option<int>("--count") { Description = "how many of the newest", DefaultValueFactory = _ => 100 };
        var json = new Option<bool>("--json") { Description = "print one JSON object as the last line" };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1) result.AddError($"--count is {result.GetValueOrDefault<int>()}; allowed: 1 or more");
        });
        var command = new Command("audit", "Who changed what when in this zone.") { config, count, json };
        command.SetAction(parsed =>
        {
            string folder = FolderOf(parsed.GetValue(config));
            if (!Directory.Exists(folder)) throw new CliException(ExitCodes.NoInput, $"State folder '{folder}' does not exist; allowed: the folder of a zone that has run, by --config FILE");
            IReadOnlyList<AuditEntry> entries = Read(folder, parsed.GetValue(count), out int unreadable);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new AuditReport(folder, entries, unreadable), AuditJson.Readable.AuditReport));
                return;
            }

            foreach (AuditEntry entry in entries)
            {
                if (entry.Skipped > 0) Console.WriteLine($"… {entry.Skipped} changes came too fast to be written down");
                Console.WriteLine($"{entry.At:yyyy-MM-ddTHH:mm:sszzz}  {entry.By}: {entry.Change} {entry.Value.ReplaceLineEndings(" ")}  -> {entry.Result}");
            }

            if (entries.Count == 0) Console.WriteLine("Nobody has changed anything yet.");
            if (unreadable > 0) Console.Error.WriteLine($"{unreadable} lines could not be read.");
        });
        return command;
    }

    private static IReadOnlyList<AuditEntry> Read(string folder, int count, out int unreadable)
    {
        try
        {
            return new AuditTrail(folder).Read(count, out unreadable);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read the audit trail in '{folder}': {problem.Message}");
        }
    }

    private static string FolderOf(FileInfo? config)
    {
        if (config is not null) return AmbientConfig.Load(config.FullName).ResolveStateDirectory();
        if (Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { } folder) return Path.GetFullPath(folder);
        if (Directory.Exists("/var/lib/ambient")) return "/var/lib/ambient";
        return File.Exists(UsualConfig) ? AmbientConfig.Load(UsualConfig).ResolveStateDirectory() : Path.GetFullPath("state");
    }
}
