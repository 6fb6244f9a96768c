using Ambient.Sensors.Devices;

namespace Ambient.Sensors.Tests.Devices;

/// <summary>A folder with the files that the kernel shows; the real ones differ only in who writes them.</summary>
public sealed class IioSensorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ambient-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_light_sensor_has_raw_and_scale()
    {
        Device(0, ("name", "bh1750"), ("in_illuminance_raw", "374"), ("in_illuminance_scale", "0.833333"));
        Reading reading = Assert.Single(await Read("bh1750", 1));
        Assert.Equal(new Reading(Some.Noon, "bh1750", Quantity.Illuminance, 374 * 0.833333), reading);
    }

    [Fact]
    public async Task A_CO2_sensor_gives_three_quantities_in_our_units()
    {
        Device(0, ("name", "bh1750"), ("in_illuminance_raw", "1"));
        Device(1, ("name", "scd4x"), ("in_concentration_co2_raw", "823"), ("in_concentration_co2_scale", "0.0001"),
            ("in_temp_raw", "26214"), ("in_temp_scale", "2.670288"), ("in_temp_offset", "-16852.16"), ("in_humidityrelative_raw", "27000"), ("in_humidityrelative_scale", "1.525879"));
        Reading[] readings = [.. await Read("scd4x", 3)];
        Assert.Equal(823, readings.Single(r => r.Quantity == Quantity.Co2).Value, 1e-6);
        Assert.Equal(25, readings.Single(r => r.Quantity == Quantity.Temperature).Value, 0.01);
        Assert.Equal(41.2, readings.Single(r => r.Quantity == Quantity.Humidity).Value, 0.01);
    }

    [Fact]
    public async Task A_pressure_sensor_is_found_by_its_label()
    {
        Device(0, ("name", "bme280"), ("in_pressure_input", "99.5"));
        Device(1, ("name", "bme280"), ("label", "window"), ("in_pressure_input", "101.325123"), ("in_temp_input", "21340"), ("in_proximity_raw", "1200"));
        Reading[] readings = [.. await Read("window", 3)];
        Assert.Equal(1_013.25, readings.Single(r => r.Quantity == Quantity.Pressure).Value, 0.01);
        Assert.Equal(21.34, readings.Single(r => r.Quantity == Quantity.Temperature).Value, 1e-9);
        Assert.Equal(1_200, readings.Single(r => r.Quantity == Quantity.Proximity).Value);
    }

    [Fact]
    public async Task What_cannot_be_true_or_read_does_not_come_out_and_silences_nothing_else()
    {
        Device(0, ("name", "htu21"), ("in_temp_input", "nonsense"), ("in_humidityrelative_input", "45000"), ("in_illuminance_input", "-1"));
        Assert.Equal(Quantity.Humidity, Assert.Single(await Read("htu21", 1)).Quantity);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_told_with_those_that_are()
    {
        Device(0, ("name", "bh1750"), ("in_illuminance_raw", "1"));
        IOException problem = await Assert.ThrowsAsync<IOException>(() => Read("scd4x", 1));
        Assert.Equal("no IIO device is called 'scd4x'; there are: bh1750", problem.Message);
    }

    [Fact]
    public async Task A_part_whose_driver_is_hwmons_is_read_the_same_way()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "hwmon", "hwmon3")).FullName;
        foreach ((string file, string text) in new[] { ("name", "sht4x"), ("temp1_input", "22480"), ("humidity1_input", "43120"), ("temp1_max", "90000") }) File.WriteAllText(Path.Combine(folder, file), text + "\n");
        var config = new DeviceConfig { Kind = "hwmon", Device = "sht4x", Name = "air", Root = Path.Combine(_root, "hwmon") };
        var readings = new List<Reading>();
        await foreach (Reading reading in DeviceCatalog.Create(config, new ManualTimeProvider(Some.Noon)).ReadAsync(CancellationToken.None))
        {
            readings.Add(reading);
            if (readings.Count == 2) break;
        }

        Assert.Equal([(Quantity.Temperature, 22.48), (Quantity.Humidity, 43.12)], readings.Select(reading => (reading.Quantity, Math.Round(reading.Value, 6))));
        IOException problem = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (Reading _ in DeviceCatalog.Create(config with { Device = "aht10" }, TimeProvider.System).ReadAsync(CancellationToken.None)) break;
        });
        Assert.Equal("no hwmon device is called 'aht10'; there are: sht4x", problem.Message);
        Assert.Contains("/sys/class/hwmon/*/name", Assert.Single(new DeviceConfig { Kind = "hwmon" }.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_again_and_notices_when_it_is_unplugged()
    {
        Device(0, ("name", "bh1750"), ("in_illuminance_raw", "5"));
        var clock = new ManualTimeProvider(Some.Noon);
        await using IAsyncEnumerator<Reading> readings = New("bh1750", clock).ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await readings.MoveNextAsync());
        ValueTask<bool> next = readings.MoveNextAsync();
        Directory.Delete(Path.Combine(_root, "iio:device0"), recursive: true);
        clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<IOException>(async () => await next);
    }

    private void Device(int number, params (string File, string Text)[] files)
    {
        string folder = Path.Combine(_root, $"iio:device{number}");
        Directory.CreateDirectory(folder);
        foreach ((string file, string text) in files) File.WriteAllText(Path.Combine(folder, file), text + "\n");
    }

    private ISensor New(string device, TimeProvider time) => DeviceCatalog.Create(new DeviceConfig { Kind = "iio", Device = device, Root = _root }, time);

    private async Task<List<Reading>> Read(string device, int count)
    {
        var readings = new List<Reading>();
        await foreach (Reading reading in New(device, new ManualTimeProvider(Some.Noon)).ReadAsync(CancellationToken.None))
        {
            readings.Add(reading);
            if (readings.Count == count) break;
        }

        return readings;
    }
}
