using System.Runtime.CompilerServices;
using Ambient.Daemon.Configuration;

namespace Ambient.Daemon.Tests;

public sealed class ShippedFilesTests
{
    [Fact]
    public void The_example_configuration_is_good_and_says_nothing_but_defaults()
    {
        AmbientConfig shipped = AmbientConfig.Load(Path.Combine(Root(), "systemd", "ambient.json"));
        Assert.Equal(new AudioConfig(), shipped.Audio);
        Assert.Equal(new MqttConfig(), shipped.Mqtt);
        Assert.Equal(new WebConfig(), shipped.Web);
        Assert.Equal(new ScheduleConfig(), shipped.Schedule);
        Assert.Equal(new ZoneConfig() with { Groups = shipped.Zone.Groups }, shipped.Zone);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
