using System.Runtime.InteropServices;
using Ambient.Sensors.Devices;
using Ambient.Sensors.Tests.Acoustics;

namespace Ambient.Sensors.Tests.Devices;

public sealed class MicrophoneSensorTests
{
    [Fact]
    public async Task What_ALSA_records_becomes_levels()
    {
        using var alsa = new AlsaConfiguration(MemoryMarshal.AsBytes(Sound.Of(8, i => Sound.Sine(i, 1_000, -60)).AsSpan()));
        ISensor microphone = DeviceCatalog.Create(new DeviceConfig { Kind = "microphone", Name = "desk", Device = "mic", OctaveBands = true }, new ManualTimeProvider(Some.Noon));
        List<Reading> readings = await Take(microphone, 32);
        Assert.Equal(60, readings.First(r => r is { Sensor: "desk", Quantity: Quantity.Noise }).Value, 0.1);
        foreach (string level in new[] { "LAeq1min", "LCeq", "LAFmax", "LA10", "LA50", "LA90", "1000Hz" })
            Assert.Equal(60, readings.First(r => r.Sensor == $"desk/{level}" && r.Quantity == Quantity.SoundLevel).Value, 0.3);
        Assert.All(readings, r => Assert.True(Quantities.CanBe(r.Quantity, r.Value) && r.Time == Some.Noon, $"{r}"));
    }

    [Fact]
    public async Task Leaving_and_entering_the_range_is_told_once()
    {
        using var alsa = new AlsaConfiguration(MemoryMarshal.AsBytes(Sound.Of(4, i => Sound.Sine(i, 1_000, 6)).AsSpan()));
        List<Reading> readings = await Take(new MicrophoneSensor("desk", "mic", 0, new(), false, TimeProvider.System), 40);
        Assert.Equal(1, Assert.Single(readings, r => r.Quantity == Quantity.OutOfRange).Value);
    }

    [Fact]
    public async Task A_microphone_that_is_not_there_is_an_IOException_that_names_it()
    {
        var microphone = new MicrophoneSensor("desk", "hw:31,7", 0, new(), false, TimeProvider.System);
        IOException problem = await Assert.ThrowsAsync<IOException>(() => Take(microphone, 1));
        Assert.Contains("'hw:31,7'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Channel", 7.0, "Channel is 7; allowed: 0, 1")]
    [InlineData("FullScaleDb", 1e9, "FullScaleDb is 1000000000; allowed: 60..160")]
    [InlineData("SelfNoiseDba", 99.0, "SelfNoiseDba is 99; allowed: -20..60")]
    public void Impossible_settings_are_told(string key, double value, string problem)
    {
        DeviceConfig config = new DeviceConfig { Kind = "microphone" };
        config = key switch
        {
            "Channel" => config with { Channel = (int)value },
            "FullScaleDb" => config with { FullScaleDb = value },
            _ => config with { SelfNoiseDba = value },
        };
        Assert.StartsWith(problem, Assert.Single(config.Problems()), StringComparison.Ordinal);
    }

    private static async Task<List<Reading>> Take(ISensor sensor, int count)
    {
        var readings = new List<Reading>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await foreach (Reading reading in sensor.ReadAsync(patience.Token))
        {
            readings.Add(reading);
            if (readings.Count == count) break;
        }

        return readings;
    }
}
