using System.Diagnostics;
using System.Text.Json;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Doctor;
using Ambient.Sensors;
using Ambient.Sensors.Devices;

namespace Ambient.Daemon.Tests.Cli;

/// <summary><c>doctor</c> as a caller sees it.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-doctor").FullName;

    [Fact]
    public async Task What_is_missing_is_named_and_comes_with_a_way_to_mend_it()
    {
        string file = Path.Combine(_folder, "room.json");
        await File.WriteAllTextAsync(file, """
            { "Audio": { "Output": "alsa:hw:CARD=absent" }, "Mqtt": { "Port": 1 }, "Composer": { "ModelDirectory": "no-models" },
              "Sensors": { "Devices": [ { "Kind": "replay", "File": "absent.csv" } ] } }
            """);
        (int exitCode, JsonElement findings) = await RunAsync("--config", file);
        Assert.Equal(ExitCodes.Failed, exitCode);
        foreach (string name in (string[])["output alsa:hw:CARD=absent", "broker localhost:1", "model files", "device replay"])
        {
            JsonElement finding = findings.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
            Assert.False(finding.GetProperty("ok").GetBoolean());
            Assert.NotEqual("", finding.GetProperty("mend").GetString());
        }
    }

    [Fact]
    public async Task What_is_there_is_found_and_nothing_is_left_behind()
    {
        string file = Path.Combine(_folder, "room.json");
        await File.WriteAllTextAsync(file, """{ "Audio": { "Output": "null" }, "Mqtt": { "Enabled": false }, "Zone": { "TimeZone": "Europe/Berlin" } }""");
        (_, JsonElement findings) = await RunAsync("--config", file);
        string[] ok = [.. findings.EnumerateArray().Where(entry => entry.GetProperty("ok").GetBoolean()).Select(entry => entry.GetProperty("name").GetString()!)];
        Assert.Empty(((string[])[".NET", "libasound.so.2", "ONNX Runtime", "model files", "model", "moods", "output null", "state folder", "time zone"]).Except(ok));
        Assert.Equal(["room.json"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Every_kind_of_device_is_looked_for_where_it_is_by_default()
    {
        string iio = Path.Combine(_folder, "iio", "iio:device0");
        Directory.CreateDirectory(iio);
        await File.WriteAllTextAsync(Path.Combine(iio, "name"), "bh1750\n");
        string file = Path.Combine(_folder, "room.json");
        await File.WriteAllTextAsync(file, $$"""
            { "Mqtt": { "Enabled": false }, "Sensors": { "Devices": [
                { "Kind": "gpio", "Name": "pir", "Line": 17, "Device": "/dev/gpiochip99" },
                { "Kind": "ld2410", "Name": "radar", "Device": "/dev/ttyAMA99" },
                { "Kind": "iio", "Name": "light", "Device": "bh1750", "Root": "{{_folder}}/iio" },
                { "Kind": "iio", "Name": "air", "Device": "scd4x", "Root": "{{_folder}}/iio" } ] } }
            """);
        (_, JsonElement findings) = await RunAsync("--config", file);
        (bool Ok, string Detail, string Mend)[] found = [.. ((string[])["pir", "radar", "light", "air"]).Select(name =>
        {
            JsonElement finding = findings.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == $"device {name}");
            return (finding.GetProperty("ok").GetBoolean(), finding.GetProperty("detail").GetString()!, finding.GetProperty("mend").GetString()!);
        })];
        Assert.Equal([false, false, true, false], found.Select(finding => finding.Ok));
        Assert.Contains("group gpio", found[0].Mend, StringComparison.Ordinal);
        Assert.Contains("group dialout", found[1].Mend, StringComparison.Ordinal);
        Assert.Equal("no IIO device is called 'scd4x'; there are: iio:device0 bh1750", found[3].Detail);
    }

    [Fact]
    public void What_arrives_is_shown_with_the_configuration_that_would_map_the_rest()
    {
        var ear = new Eavesdropper(AmbientConfig.Parse("{}", Path.Combine(_folder, "room.json")));
        Assert.Equal(["occupancy 1 (retained)"], ear.Take("zigbee2mqtt/desk", "{\"occupancy\":true}"u8.ToArray(), isRetained: true)!.Understood);
        Assert.Null(ear.Take("zigbee2mqtt/desk", "{\"occupancy\":false}"u8.ToArray(), isRetained: false)); // once a topic
        Assert.Equal("""{ "Ecosystem": "tasmota", "Topic": "+/hall/#" }""", ear.Take("tele/hall/SENSOR", "{\"AM2301\":{\"Temperature\":21.5},\"TempUnit\":\"C\"}"u8.ToArray(), isRetained: false)!.Configure);
        Assert.Null(ear.Take("ambient/room/context", "{}"u8.ToArray(), isRetained: false)); // our own

        Assert.Equal("""{ "Ecosystem": "zigbee2mqtt", "Topic": "zigbee2mqtt/bed/#" }""", ear.Take("zigbee2mqtt/bed", "{\"presence\":true}"u8.ToArray(), isRetained: false)!.OnlyDevice);
        Assert.Null(ear.Take("zigbee2mqtt/bed/availability", "online"u8.ToArray(), isRetained: true)!.OnlyDevice); // once a device
        Assert.Equal(2, ear.WideDevices);

        Assert.Equal("""{ "Ecosystem": "ha-statestream", "Topic": "homeassistant/sensor/lounge_humidity/#" }""", ear.Take("homeassistant/sensor/lounge_humidity/state", "45"u8.ToArray(), isRetained: false)!.Configure);
        Assert.Contains("\"Topic\": \"openhab/out/Office_CO2/state\"", ear.Take("openhab/out/Office_CO2/state", "612"u8.ToArray(), isRetained: false)!.Configure, StringComparison.Ordinal);

        string line = ear.Take("bms/room7/co2", "612"u8.ToArray(), isRetained: false)!.Configure!;
        AmbientConfig mapped = AmbientConfig.Parse($$"""{"Sensors": {"Sources": [{{line}}] } }""", Path.Combine(_folder, "room.json"));
        Assert.Equal(["co2 612 ppm"], new Eavesdropper(mapped).Take("bms/room7/co2", "612"u8.ToArray(), isRetained: false)!.Understood);
    }

    [Theory]
    [InlineData(46.2, 47, 0, true, "46.2 dBA now, 13 dB above its own noise")]
    [InlineData(33, 35, -1, true, "at its own noise")]
    [InlineData(118, 120, 1, false, "driven to its end")]
    [InlineData(33, -30, -1, false, "as good as zero")]
    public void A_microphone_is_judged_by_the_levels_it_gives(double dba, double unweightedDb, double outOfRange, bool isOk, string told)
    {
        var config = new DeviceConfig { Kind = "microphone", Name = "desk", Device = "plughw:1", SelfNoiseDba = 33 };
        DateTimeOffset noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
        Finding finding = MicrophoneCheck.Judge("device desk", config,
            [new(noon, "desk", Quantity.Noise, dba), new(noon, "desk/LCeq", Quantity.SoundLevel, unweightedDb), new(noon, "desk", Quantity.OutOfRange, outOfRange)]);
        Assert.Equal(isOk, finding.Ok);
        Assert.Contains(told, finding.Detail, StringComparison.Ordinal);
        Assert.Equal(isOk, finding.Mend.Length == 0);
    }

    [Fact]
    public void A_microphone_that_gives_nothing_or_is_not_there_is_told()
    {
        Assert.Contains("no sample", MicrophoneCheck.Judge("x", new DeviceConfig { Kind = "microphone" }, []).Detail, StringComparison.Ordinal);
        Finding absent = MicrophoneCheck.Run("device desk", new DeviceConfig { Kind = "microphone", Device = "hw:31,7" });
        Assert.False(absent.Ok);
        Assert.Contains("'hw:31,7'", absent.Detail, StringComparison.Ordinal);
        Assert.Contains("arecord -L", absent.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_names_its_device_is_narrow_enough()
    {
        var ear = new Eavesdropper(AmbientConfig.Parse("""{"Sensors": {"Sources": [{"Ecosystem": "zigbee2mqtt", "Topic": "zigbee2mqtt/bed/#"}]}}""", Path.Combine(_folder, "room.json")));
        Assert.Null(ear.Take("zigbee2mqtt/bed", "{\"presence\":true}"u8.ToArray(), isRetained: false)!.OnlyDevice);
        Assert.Equal(0, ear.WideDevices);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int ExitCode, JsonElement Findings)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(CommandLineHost).Assembly.Location, "doctor", "--json", .. arguments]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("findings"));
    }
}
