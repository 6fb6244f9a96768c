namespace Ambient.Sensors.Tests;

public sealed class DependencyTests
{
    private static readonly string[] Allowed = ["Ambient.Bindings.Alsa", "Ambient.Bindings.Linux"];

    [Fact]
    public void Sensors_know_nothing_of_music_audio_MQTT_or_the_daemon()
    {
        string[] ours = [.. typeof(Reading).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal))];
        Assert.All(ours, name => Assert.Contains(name, Allowed));
    }
}
