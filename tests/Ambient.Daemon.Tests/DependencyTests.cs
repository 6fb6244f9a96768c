using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void The_daemon_knows_everyone_but_no_devices_kernel_interface()
    {
        string[] allowed = ["Ambient.Sensors", "Ambient.Composer", "Ambient.Synth", "Ambient.Bindings.Mosquitto", "Ambient.Bindings.Linux"];
        IEnumerable<string> ours = typeof(CliException).Assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Ambient.", StringComparison.Ordinal));
        Assert.Empty(ours.Except(allowed));
    }

    [Fact]
    public void The_mosquitto_binding_knows_nobody_of_ours() =>
        Assert.DoesNotContain(typeof(Bindings.Mosquitto.MosquittoClient).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Ambient.", StringComparison.Ordinal));
}
