using System.CommandLine;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Cli;

/// <summary><c>acl</c>: a least-privilege broker ACL for this zone.</summary>
internal static class AclCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "configuration file of the zone", Required = true };
        var command = new Command("acl", "Print what this zone must be able to do at the broker, as lines of a mosquitto acl_file.") { config };
        command.SetAction(parsed => Console.Write(AccessList.Of(AmbientConfig.Load(parsed.GetValue(config)!.FullName))));
        return command;
    }
}
