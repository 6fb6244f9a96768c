using System.Globalization;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Control;

/// <summary>Decides what the room should sound like: commands above the schedule above the default, mood and level each for itself.</summary>
/// <remarks>Any thread. Time comes in with every call, so that a test or <c>--speed</c> decides what time it is.</remarks>
public sealed class ControlPlane
{
    /// <summary>The mood that is silence. Always there, whatever mood files there are.</summary>
    public const string Off = "off";

    private readonly Lock _lock = new();
    private readonly PriorityArray<string> _moods = new();
    private readonly PriorityArray<int> _levels = new();
    private readonly IReadOnlyDictionary<string, int> _ownLevels;
    private readonly ZoneConfig _zone;
    private readonly WeeklySchedule? _schedule;
    private readonly DateTimeZone _clock;

    /// <summary>A room in which nobody has asked for anything yet.</summary>
    /// <param name="zone">Default mood and level, time zone.</param>
    /// <param name="ownLevels">Every mood there is with the level it was made for, 0..100.</param>
    /// <param name="schedule">The week's plan, if there is one.</param>
    /// <exception cref="CliException">The zone's default mood does not exist.</exception>
    public ControlPlane(ZoneConfig zone, IReadOnlyDictionary<string, int> ownLevels, WeeklySchedule? schedule)
    {
        _zone = zone;
        _ownLevels = ownLevels;
        _schedule = schedule;
        _clock = schedule?.Zone ?? (zone.TimeZone is { } id ? DateTimeZoneProviders.Tzdb[id] : DateTimeZoneProviders.Tzdb.GetSystemDefault());
        Moods = [.. ownLevels.Keys.Append(Off).Distinct().Order(StringComparer.Ordinal)];
        if (!Exists(zone.DefaultMood)) throw new CliException(ExitCodes.BadConfiguration, $"Zone.DefaultMood is '{zone.DefaultMood}'; allowed: {string.Join(", ", Moods)}");
        UnknownScheduleMoods = [.. (schedule?.Moods ?? []).Where(mood => !Exists(mood))];
    }

    /// <summary>A command took effect; raised on the thread that brought it, after the fact.</summary>
    public event Action? Changed;

    /// <summary>Every mood that can be asked for, in order.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Moods that the schedule names and nobody has; the default sounds in their place.</summary>
    public IReadOnlyList<string> UnknownScheduleMoods { get; }

    /// <summary>Takes a command as it came from a broker or the console.</summary>
    /// <param name="command">What follows the zone's or group's id in the topic: <c>mood/set</c>, <c>level/set</c>, <c>power/set</c>, <c>override/set</c>, <c>override/clear</c>.</param>
    /// <param name="payload">Anything at all.</param>
    /// <param name="isRetained">A copy kept by the broker: nobody asks for it now, so it is ignored.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="by">Who asks, for people, where the payload does not say.</param>
    public CommandResult Handle(string command, string payload, bool isRetained, DateTimeOffset now, string by = "mqtt")
    {
        if (isRetained) return CommandResult.Rejected($"{command} '{ShownText.Of(payload)}' is a retained copy and was ignored; allowed: commands published without retain");
        CommandResult result;
        lock (_lock)
        {
            result = command switch
            {
                "mood/set" => SetMood(payload.Trim(), now, by),
                "level/set" => SetLevel(payload.Trim(), now, by),
                "power/set" => SetPower(payload.Trim(), now, by),
                "override/set" => SetOverride(payload, now, by),
                "override/clear" => ClearOverride(payload),
                _ => CommandResult.Rejected($"{ShownText.Of(command)} is no command; allowed: mood/set, level/set, power/set, override/set, override/clear"),
            };
        }

        if (result.IsAccepted) Changed?.Invoke();
        return result;
    }

    /// <summary>What the room should sound like at an instant.</summary>
    public EffectiveState Effective(DateTimeOffset now)
    {
        lock (_lock)
        {
            EffectiveState state = Resolve(now);
            Instant instant = Instant.FromDateTimeOffset(now);
            var instants = new SortedSet<Instant>(_schedule?.EdgesAfter(instant) ?? []);
            instants.UnionWith(_moods.Expiries.Concat(_levels.Expiries).Where(expiry => expiry > now).Select(Instant.FromDateTimeOffset));
            foreach (Instant candidate in instants)
            {
                DateTimeOffset at = Local(candidate);
                EffectiveState then = Resolve(at);
                if (then.Mood == state.Mood && then.Level == state.Level) continue;
                bool isOverride = state.Priority <= Priorities.LowestOverride;
                return state with { Next = new NextChange(at, then.Mood), Until = isOverride ? state.Until : at };
            }

            return state;
        }
    }

    // Everything but what comes next.
    private EffectiveState Resolve(DateTimeOffset now)
    {
        ScheduleState? planned = _schedule?.At(Instant.FromDateTimeOffset(now));
        (int moodPriority, Command<string> mood) = _moods.Resolve(now) ?? PlannedMood(planned);
        (int levelPriority, Command<int> level) = _levels.Resolve(now) ?? PlannedLevel(planned, mood.Value, moodPriority);
        string levelSource = level.By;
        int levelNow = level.Value;
        if (levelPriority != Priorities.LifeSafety && planned?.MaxLevel is { } cap && levelNow > cap)
        {
            levelNow = cap;
            levelSource += ", quiet hours";
        }

        return new EffectiveState(mood.Value, levelNow, moodPriority, mood.By, mood.Until is { } until ? Local(Instant.FromDateTimeOffset(until)) : null, null, levelSource);
    }

    private (int Priority, Command<string> Command) PlannedMood(ScheduleState? planned)
    {
        if (planned?.Mood is { } mood && Exists(mood))
            return (planned.IsDefault ? Priorities.Default : Priorities.Schedule, new Command<string>(mood, planned.IsDefault ? "default" : "schedule", null));
        return (Priorities.Default, new Command<string>(_zone.DefaultMood, "default", null));
    }

    private (int Priority, Command<int> Command) PlannedLevel(ScheduleState? planned, string mood, int moodPriority)
    {
        if (planned?.Level is { } level)
            return (planned.IsDefault ? Priorities.Default : Priorities.Schedule, new Command<int>(level, planned.IsDefault ? "default" : "schedule", null));
        if (_zone.Level is { } zoneLevel) return (Priorities.Default, new Command<int>(zoneLevel, "default", null));
        // An evacuation mood brings its own level along, past quiet hours too.
        return (moodPriority, new Command<int>(_ownLevels.GetValueOrDefault(mood), "mood", null));
    }

    private CommandResult SetMood(string mood, DateTimeOffset now, string by)
    {
        if (!Exists(mood)) return UnknownMood("mood/set", mood);
        _moods.Set(Priorities.Operator, new Command<string>(mood, by, NextSlot(now)));
        return CommandResult.Accepted;
    }

    private CommandResult SetLevel(string text, DateTimeOffset now, string by)
    {
        // "40.0" too: some senders know only floating point.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double level) || level is not (>= 0 and <= 100) || level != Math.Floor(level))
            return CommandResult.Rejected($"level/set is '{ShownText.Of(text)}'; allowed: a whole number 0..100");
        _levels.Set(Priorities.Operator, new Command<int>((int)level, by, NextSlot(now)));
        return CommandResult.Accepted;
    }

    private CommandResult SetPower(string text, DateTimeOffset now, string by)
    {
        if (text is not ("ON" or "OFF")) return CommandResult.Rejected($"power/set is '{ShownText.Of(text)}'; allowed: ON, OFF");
        if (text == "OFF") return SetMood(Off, now, by);
        // ON takes back an OFF first; only where it would still be silent does it ask for a mood.
        if (_moods.At(Priorities.Operator, now)?.Value == Off) _moods.Release(Priorities.Operator);
        if (Resolve(now).Mood != Off) return CommandResult.Accepted;
        return SetMood(_zone.DefaultMood != Off ? _zone.DefaultMood : Moods.FirstOrDefault(mood => mood != Off) ?? Off, now, by);
    }

    private CommandResult SetOverride(string payload, DateTimeOffset now, string by)
    {
        if (OverrideRequest.Parse(payload, needsValue: true, out string problem) is not { } request) return CommandResult.Rejected($"override/set: {problem}");
        if (request.Mood is { } wanted && !Exists(wanted)) return UnknownMood("override/set value.mood", wanted);
        DateTimeOffset? until = request.TimeToLive is { } timeToLive ? now + timeToLive : null;
        string author = request.By ?? by;
        if (request.Releases) Release(request.Priority);
        if (request.Mood is { } mood) _moods.Set(request.Priority, new Command<string>(mood, author, until));
        if (request.Level is { } level) _levels.Set(request.Priority, new Command<int>(level, author, until));
        return CommandResult.Accepted;
    }

    private CommandResult ClearOverride(string payload)
    {
        if (OverrideRequest.Parse(payload, needsValue: false, out string problem) is not { } request) return CommandResult.Rejected($"override/clear: {problem}");
        Release(request.Priority);
        return CommandResult.Accepted;
    }

    private void Release(int priority)
    {
        _moods.Release(priority);
        _levels.Release(priority);
    }

    private CommandResult UnknownMood(string key, string mood) =>
        CommandResult.Rejected($"{key} is '{ShownText.Of(mood)}'; allowed: {string.Join(", ", Moods)}");

    private bool Exists(string mood) => mood == Off || _ownLevels.ContainsKey(mood);

    private DateTimeOffset? NextSlot(DateTimeOffset now) => _schedule?.NextSlot(Instant.FromDateTimeOffset(now))?.ToDateTimeOffset();

    private DateTimeOffset Local(Instant instant) => instant.InZone(_clock).ToDateTimeOffset();
}
