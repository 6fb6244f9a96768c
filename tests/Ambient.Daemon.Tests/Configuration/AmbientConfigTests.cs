using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;

namespace Ambient.Daemon.Tests.Configuration;

public sealed class AmbientConfigTests
{
    [Fact]
    public void An_empty_file_means_all_defaults()
    {
        AmbientConfig config = AmbientConfig.Parse("{}", "ambient.json");
        Assert.Equal("alsa:default", config.Audio.Output);
        Assert.Equal(1_024, config.Audio.PeriodFrames);
        Assert.Equal("127.0.0.1", config.Web.Bind);
        Assert.Equal("calm", config.Zone.DefaultMood);
    }

    [Fact]
    public void The_tone_of_a_room_has_limits()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Parse("""{ "Zone": { "Tone": { "LowDb": -12, "BellHz": 40, "BellQ": "sharp" } } }""", "room.json"));
        Assert.Equal(
            ["room.json: Zone.Tone.LowDb is -12; allowed: -9..9", "room.json: Zone.Tone.BellHz is 40; allowed: 80..8000", "room.json: Zone.Tone.BellQ is \"sharp\"; allowed: 1..8"],
            problem.Message.Split(Environment.NewLine));
        Assert.True(AmbientConfig.Parse("{}", "room.json").Zone.Tone.ToSettings().IsFlat);
    }

    [Fact]
    public void Comments_and_trailing_commas_are_allowed()
    {
        AmbientConfig config = AmbientConfig.Parse("""{ "Zone": { "Id": "lobby", "Groups": ["floor-2"], /* why not */ }, }""", "ambient.json");
        Assert.Equal("lobby", config.Zone.Id);
        Assert.Equal(["floor-2"], config.Zone.Groups);
    }

    [Fact]
    public void All_problems_are_said_at_once_with_file_key_value_and_what_is_allowed()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Parse(
            """{ "Audio": { "PeriodFrames": 20000, "Periods": "many" }, "Zone": { "TimeZone": "Mars/Base", "Id": "all", "Level": 101 }, "Web": { "Bind": "localhost" } }""", "room.json"));
        Assert.Equal(ExitCodes.BadConfiguration, problem.ExitCode);
        Assert.Equal(
            [
                "room.json: Audio.PeriodFrames is 20000; allowed: 64..1024",
                "room.json: Audio.Periods is \"many\"; allowed: 2..16",
                "room.json: Zone.TimeZone is \"Mars/Base\"; allowed: an IANA time zone such as Europe/Berlin",
                "room.json: Zone.Id is \"all\"; allowed: small letters, digits, - and _, 1..64 of them, and not the reserved 'all' or 'calendars'",
                "room.json: Zone.Level is 101; allowed: 0..100",
                "room.json: Web.Bind is \"localhost\"; allowed: a numeric address such as 127.0.0.1, 0.0.0.0 or ::1",
            ],
            problem.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void An_unknown_key_names_the_nearest_right_one()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Parse("""{ "Audio": { "Period": 512 }, "Muqtt": {} }""", "room.json"));
        Assert.Contains("room.json: Audio.Period is unknown; did you mean 'Periods'?", problem.Message);
        Assert.Contains("room.json: Muqtt is unknown; did you mean 'Mqtt'?", problem.Message);
    }

    [Fact]
    public void What_is_not_json_is_said_with_its_line()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Parse("{\n  \"Zone\": {\n    Id: 3\n", "room.json"));
        Assert.Equal(ExitCodes.BadConfiguration, problem.ExitCode);
        Assert.StartsWith("room.json: line 3: not JSON: ", problem.Message);
    }

    [Fact]
    public void A_text_that_must_be_there_can_not_be_null()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Parse("""{ "Mqtt": { "Host": null, "Username": null } }""", "room.json"));
        Assert.Equal("room.json: Mqtt.Host is null; allowed: a host name or address", problem.Message);
    }

    [Fact]
    public void A_missing_file_is_missing_input_not_bad_configuration()
    {
        CliException problem = Assert.Throws<CliException>(() => AmbientConfig.Load("/nowhere/ambient.json"));
        Assert.Equal(ExitCodes.NoInput, problem.ExitCode);
        Assert.Contains("/nowhere/ambient.json", problem.Message);
    }

    [Fact]
    public void The_sensors_section_is_kept_as_it_stands()
    {
        AmbientConfig config = AmbientConfig.Parse("""{ "Sensors": { "Sources": [{ "Ecosystem": "zigbee2mqtt" }] } }""", "room.json");
        Assert.Equal("zigbee2mqtt", config.Sensors!.Value.GetProperty("Sources")[0].GetProperty("Ecosystem").GetString());
    }

    [Fact]
    public void A_misspelt_key_of_the_sensors_section_is_named()
    {
        var problem = Assert.Throws<CliException>(() => AmbientConfig.Parse("""{ "Sensors": { "Topics": ["zigbee2mqtt/#"] } }""", "room.json"));
        Assert.Equal(ExitCodes.BadConfiguration, problem.ExitCode);
        Assert.Contains("room.json", problem.Message);
        Assert.Contains("'Topics'", problem.Message);
    }

    [Fact]
    public void Relative_paths_start_at_the_configuration_file() =>
        Assert.Equal("/etc/ambient/week.json", AmbientConfig.Parse("{}", "/etc/ambient/ambient.json").Resolve("week.json"));
}
