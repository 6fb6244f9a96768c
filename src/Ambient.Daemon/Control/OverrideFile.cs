using System.Text.Json;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Control;

/// <summary>Overrides written down in advance: what <c>schedule at|next --overrides</c> plays through.</summary>
public sealed class OverrideFile
{
    private const string MoodAllowed = "a mood's name, or null to release mood and level";

    private readonly Entry[] _entries; // in the order in which they are given

    private OverrideFile(IEnumerable<Entry> entries) => _entries = [.. entries.OrderBy(entry => entry.At)];

    /// <summary>No overrides.</summary>
    public static OverrideFile Empty { get; } = new([]);

    /// <summary>Every instant at which one is given or lapses.</summary>
    public IEnumerable<Instant> Instants => _entries.SelectMany(entry => entry.Until is { } until ? new[] { entry.At, until } : [entry.At]);

    /// <summary>Reads <c>[{"priority","mood","level","at","ttl"}]</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zone">Zone of times without an offset.</param>
    /// <exception cref="CliException">With <see cref="ExitCodes.NoInput"/> when it can't be read; with <see cref="ExitCodes.BadConfiguration"/> and one line for every problem in it.</exception>
    public static OverrideFile Load(string path, DateTimeZone zone)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read overrides '{path}': {problem.Message}");
        }

        var json = new CheckedJson();
        return json.Read(text, root => new OverrideFile([.. json.Items(root, "overrides").Select(item => One(json, item.Value, item.Path, zone))]))
            ?? throw new CliException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, json.Problems.Select(problem => $"{path}: {problem}")));
    }

    /// <summary>The overrides as they stand at an instant.</summary>
    public OverrideBoard At(Instant instant)
    {
        var stack = new OverrideBoard();
        foreach (Entry entry in _entries.TakeWhile(entry => entry.At <= instant))
        {
            DateTimeOffset? until = entry.Until?.ToDateTimeOffset();
            if (entry.Releases) stack.Release(entry.Priority);
            if (entry.Mood is { } mood) stack.Moods.Set(entry.Priority, new Command<string>(mood, entry.By, until));
            if (entry.Level is { } level) stack.Levels.Set(entry.Priority, new Command<int>(level, entry.By, until));
        }

        return stack;
    }

    private static Entry One(CheckedJson json, JsonElement element, string path, DateTimeZone zone)
    {
        var entry = new Entry();
        foreach ((string key, JsonElement value) in json.Members(element, path, ["priority", "mood", "level", "at", "ttl", "by"]))
        {
            string at = $"{path}.{key}";
            if (key == "priority") entry.Priority = json.Whole(value, at, Priorities.LifeSafety, Priorities.LowestOverride) ?? Priorities.Operator;
            else if (key == "by") entry.By = json.Text(value, at, "who asks") ?? entry.By;
            else if (key == "at") entry.At = TimeOf(json, value, at, zone);
            else if (value.ValueKind == JsonValueKind.Null) entry.Releases |= key == "mood";
            else if (key == "mood") entry.Mood = json.Text(value, at, MoodAllowed);
            else if (key == "level") entry.Level = json.Whole(value, at, 0, 100);
            else if (OverrideRequest.DurationOf(value) is { } ttl) entry.TimeToLive = Duration.FromTimeSpan(ttl);
            else json.Wrong(value, at, "an ISO 8601 duration such as PT2H, or seconds, up to 365 days");
        }

        // A null beside a level only says that the mood is not overridden.
        if (entry.Level is not null) entry.Releases = false;
        if (element.ValueKind != JsonValueKind.Object) return entry;
        if (!CheckedJson.Has(element, "at")) json.Missing($"{path}.at", TimeText.Allowed);
        if (!CheckedJson.Has(element, "mood") && entry.Level is null) json.Missing($"{path}.mood", $"mood, level or both; {MoodAllowed}");
        return entry;
    }

    private static Instant TimeOf(CheckedJson json, JsonElement value, string path, DateTimeZone zone)
    {
        if (json.Text(value, path, TimeText.Allowed) is not { } text) return default;
        if (TimeText.TryRead(text, zone, out Instant instant)) return instant;
        json.Wrong(value, path, TimeText.Allowed);
        return default;
    }

    private sealed class Entry
    {
        public int Priority { get; set; } = Priorities.Operator;

        public string? Mood { get; set; }

        public int? Level { get; set; }

        public bool Releases { get; set; }

        public Instant At { get; set; }

        public Duration? TimeToLive { get; set; }

        public string By { get; set; } = "override";

        public Instant? Until => At + TimeToLive;
    }
}
