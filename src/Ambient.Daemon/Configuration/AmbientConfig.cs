using System.Text.Json;
using Ambient.Daemon.Cli;
using Ambient.Sensors;

namespace Ambient.Daemon.Configuration;

/// <summary>The daemon's configuration file (<c>run --config FILE</c>): JSON with comments and trailing commas. Read once at start; a change needs a restart.</summary>
public sealed record AmbientConfig
{
    /// <summary>Which room this is.</summary>
    public ZoneConfig Zone { get; init; } = new();

    /// <summary>Where the sound goes.</summary>
    public AudioConfig Audio { get; init; } = new();

    /// <summary>How loud it may be.</summary>
    public LevelConfig Level { get; init; } = new();

    /// <summary>The broker.</summary>
    public MqttConfig Mqtt { get; init; } = new();

    /// <summary>The web console.</summary>
    public WebConfig Web { get; init; } = new();

    /// <summary>The week's plan.</summary>
    public ScheduleConfig Schedule { get; init; } = new();

    /// <summary>Sensors and their topics, as they stand in the file; see <see cref="SensorSetup"/>.</summary>
    public JsonElement? Sensors { get; init; }

    /// <summary>The section <c>Sensors</c> as the sensors' own code reads it; absent in the file: zigbee2mqtt on its usual topics.</summary>
    [NotASetting]
    public SensorsConfig SensorSetup { get; init; } = new();

    /// <summary>Model, moods and seed.</summary>
    public ComposerConfig Composer { get; init; } = new();

    /// <summary>Recording of readings and contexts, and of what is played.</summary>
    public RecordingConfig Recording { get; init; } = new();

    /// <summary>Folder for what survives a restart. Default: systemd's <c>$STATE_DIRECTORY</c>, else <c>state</c> beside the configuration file.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The folder of the configuration file: relative paths in it start here.</summary>
    [NotASetting]
    public string BaseDirectory { get; init; } = "";

    /// <summary>Reads and checks a configuration file.</summary>
    /// <exception cref="CliException">With <see cref="ExitCodes.NoInput"/> when it can't be read; with <see cref="ExitCodes.BadConfiguration"/> and one line for every problem in it.</exception>
    public static AmbientConfig Load(string path)
    {
        string json;
        try
        {
            json = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read configuration file '{path}': {problem.Message}");
        }

        return Parse(json, path);
    }

    /// <summary>Checks configuration text; <paramref name="path"/> is only for messages and relative paths.</summary>
    /// <exception cref="CliException">As <see cref="Load"/>.</exception>
    public static AmbientConfig Parse(string json, string path)
    {
        var problems = new List<string>();
        AmbientConfig config = SectionReader.Read<AmbientConfig>(json, problems);
        SensorsConfig sensors = SensorsConfig.Read(config.Sensors, problems);
        if (problems.Count == 0 && config.Mqtt.Problem() is { } mqtt) problems.Add(mqtt);
        problems.AddRange(config.Level.Problems());
        if (problems.Count > 0)
            throw new CliException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, problems.Select(problem => $"{path}: {problem}")));
        return config with { SensorSetup = sensors, BaseDirectory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "" };
    }

    /// <summary>A path of this file, relative to the file's own folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, BaseDirectory);

    /// <summary><see cref="RecordingConfig.Directory"/> with its default, as a full path; not created here.</summary>
    public string ResolveRecordingDirectory() => Recording.Directory is { } chosen ? Resolve(chosen) : Path.Combine(ResolveStateDirectory(), "recordings");

    /// <summary><see cref="StateDirectory"/> with its default, as a full path; not created here.</summary>
    public string ResolveStateDirectory() =>
        Resolve(StateDirectory ?? Environment.GetEnvironmentVariable("STATE_DIRECTORY") ?? "state");
}
