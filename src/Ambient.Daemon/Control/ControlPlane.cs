using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Control;

/// <summary>Decides what the room should sound like: commands above the schedule above the default, mood and level each for itself.</summary>
/// <remarks>
/// Any thread. Time comes in with every call, so that a test or <c>--speed</c> decides what time it is; what holds depends on that time
/// alone, so a clock that steps, or sleeps with the machine, is right again with the next call.
/// </remarks>
public sealed class ControlPlane
{
    /// <summary>The mood that is silence. Always there, whatever mood files there are.</summary>
    public const string Off = "off";

    // What comes next is looked for this far ahead: a bound on the work that each command asks for. Under an override without end that
    // hides the whole schedule nothing changes for years; 600 slots are a quarter of a busy schedule and a millisecond of work.
    private const int MostEdges = 600;
    private static readonly Duration NextHorizon = Duration.FromDays(370);

    private readonly Lock _lock = new();
    private readonly OverrideBoard _stack = new();
    private readonly SeenDeliveries _seen = new();
    private readonly ScheduleBook _book;
    private readonly IReadOnlyDictionary<string, int> _ownLevels;
    private readonly ZoneConfig _zone;
    private readonly IControlMemory? _memory;
    private readonly CommandInterpreter _interpreter;
    private readonly DateTimeZone _zoneClock;
    private (DateTimeOffset From, DateTimeOffset To, EffectiveState State)? _known;

    /// <summary>A room in which nobody has asked for anything yet, or what <paramref name="memory"/> recalls.</summary>
    /// <param name="zone">Default mood and level, time zone, groups.</param>
    /// <param name="ownLevels">Every mood there is with the level it was made for, 0..100.</param>
    /// <param name="schedule">The configuration's schedule, if there is one.</param>
    /// <param name="memory">What survives a restart; null: nothing does.</param>
    /// <param name="calendars">The configuration's calendars.</param>
    /// <exception cref="CliException">The zone's default mood does not exist.</exception>
    public ControlPlane(
        ZoneConfig zone, IReadOnlyDictionary<string, int> ownLevels, Schedule? schedule, IControlMemory? memory = null, IReadOnlyDictionary<string, CalendarDates>? calendars = null)
    {
        _zone = zone;
        _ownLevels = ownLevels;
        _memory = memory;
        _book = new ScheduleBook([zone.Id, .. zone.Groups, Mqtt.MqttTopics.All], schedule, calendars);
        _zoneClock = zone.TimeZone is { } id ? DateTimeZoneProviders.Tzdb[id] : DateTimeZoneProviders.Tzdb.GetSystemDefault();
        Moods = [.. ownLevels.Keys.Append(Off).Distinct().Order(StringComparer.Ordinal)];
        if (!Exists(zone.DefaultMood)) throw new CliException(ExitCodes.BadConfiguration, $"Zone.DefaultMood is '{zone.DefaultMood}'; allowed: {string.Join(", ", Moods)}");
        _interpreter = new CommandInterpreter(_stack, Moods, zone.DefaultMood, now => _book.Active?.NextSlot(Instant.FromDateTimeOffset(now))?.ToDateTimeOffset(), now => Resolve(now).Mood);
        if (memory?.Recall() is { } memento) Restore(memento);
    }

    /// <summary>A command took effect; raised on the thread that brought it, after the fact.</summary>
    public event Action? Changed;

    /// <summary>Every mood that can be asked for, in order.</summary>
    public IReadOnlyList<string> Moods { get; }

    /// <summary>Zone of the ruling schedule's times; the room's own without one.</summary>
    public DateTimeZone TimeZone
    {
        get
        {
            lock (_lock) return Clock;
        }
    }

    /// <summary>Moods that the ruling schedule names and nobody has; the default sounds in their place.</summary>
    public IReadOnlyList<string> UnknownScheduleMoods
    {
        get
        {
            lock (_lock) return [.. (_book.Active?.Moods ?? []).Where(mood => !Exists(mood))];
        }
    }

    /// <summary>Calendars that the ruling schedule names and nobody has sent; their exceptions do not apply.</summary>
    public IReadOnlyList<string> MissingCalendars
    {
        get
        {
            lock (_lock) return [.. _book.MissingCalendars];
        }
    }

    private DateTimeZone Clock => _book.Active?.Zone ?? _zoneClock;

    /// <summary>Takes a command as it came from a broker or the console.</summary>
    /// <param name="command">What follows the zone's or group's id in the topic: <c>mood/set</c>, <c>level/set</c>, <c>power/set</c>, <c>override/set</c>, <c>override/clear</c>.</param>
    /// <param name="payload">Anything at all.</param>
    /// <param name="isRetained">A copy kept by the broker: nobody asks for it now, so it is ignored.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="by">Who asks, for people, where the payload does not say.</param>
    /// <param name="id">The zone or group in the topic; default: the zone.</param>
    /// <param name="delivery">By what a second copy is known; null: there is none.</param>
    public CommandResult Handle(string command, string payload, bool isRetained, DateTimeOffset now, string by = "mqtt", string? id = null, Delivery? delivery = null)
    {
        if (isRetained) return CommandResult.Rejected($"{command} '{ShownText.Of(payload)}' is a retained copy and was ignored; allowed: commands published without retain");
        CommandResult result;
        lock (_lock)
        {
            if (_seen.IsRepeat(delivery)) return CommandResult.Rejected($"{command} '{ShownText.Of(payload)}' came a second time after a lost connection and was carried out once");
            result = _interpreter.Take(command, payload, now, by, out string author);
            if (result.IsAccepted) _seen.Add(delivery);
            if (result.IsAccepted) Remember(now, author, $"{id ?? _zone.Id}/{command}", payload);
        }

        if (result.IsAccepted) Changed?.Invoke();
        return result;
    }

    /// <summary>Takes the payload of <c>&lt;id&gt;/schedule/set</c>, retained or not; an empty one takes the id's schedule back.</summary>
    /// <param name="id">The zone, one of its groups, or <c>all</c>.</param>
    /// <param name="payload">Anything at all.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="by">Who asks, for people.</param>
    /// <returns>What to publish as <c>schedule/result</c>.</returns>
    public ScheduleResult SetSchedule(string id, string payload, DateTimeOffset now, string by = "mqtt") =>
        TakePlan(() => _book.HasSchedule(id, payload), () => _book.SetSchedule(id, payload), () => _book.MoodsOf(id), $"{id}/schedule/set", payload, now, by);

    /// <summary>Takes the payload of <c>calendars/&lt;name&gt;/set</c>, retained or not; an empty one takes the calendar back.</summary>
    /// <param name="name">The calendar's name.</param>
    /// <param name="payload">Anything at all.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="by">Who asks, for people.</param>
    /// <returns>What became of it.</returns>
    public ScheduleResult SetCalendar(string name, string payload, DateTimeOffset now, string by = "mqtt") =>
        TakePlan(() => _book.HasCalendar(name, payload), () => _book.SetCalendar(name, payload), () => [], $"calendars/{name}/set", payload, now, by);

    /// <summary>What the room should sound like at an instant.</summary>
    public EffectiveState Effective(DateTimeOffset now)
    {
        lock (_lock)
        {
            // Between two edges nothing changes; a clock that went back is looked at afresh.
            if (_known is { } known && now >= known.From && now < known.To) return known.State;
            Instant instant = Instant.FromDateTimeOffset(now);
            EffectiveState state = Resolve(now, _book.Active?.At(instant));
            DateTimeOffset? firstEdge = null;
            int edges = 0;
            foreach ((Instant at, ScheduleState? planned) in OverrideBoard.EdgesAfter(_book.Active, instant, _stack.Expiries.Select(Instant.FromDateTimeOffset)))
            {
                firstEdge ??= at.ToDateTimeOffset();
                if (at - instant > NextHorizon || ++edges > MostEdges) break;
                EffectiveState then = Resolve(at.ToDateTimeOffset(), planned);
                if (then.Mood == state.Mood && then.Level == state.Level) continue;
                bool isOverride = state.Priority <= Priorities.LowestOverride;
                state = state with { Next = new NextChange(Local(at), then.Mood), Until = isOverride ? state.Until : Local(at) };
                break;
            }

            _known = (now, firstEdge ?? DateTimeOffset.MaxValue, state);
            return state;
        }
    }

    /// <summary>The clock was wrong and now is right: what was asked for since then keeps the length it was given.</summary>
    /// <param name="since">Since when it was wrong, by the wrong clock.</param>
    /// <param name="step">How far it stepped.</param>
    /// <param name="now">By the right clock.</param>
    public void ClockStepped(DateTimeOffset since, TimeSpan step, DateTimeOffset now)
    {
        lock (_lock)
        {
            _stack.Moods.Shift(since, step);
            _stack.Levels.Shift(since, step);
            Remember(now, "clock", "clock step", step.ToString("c"));
        }

        Changed?.Invoke();
    }

    /// <summary>Writes down what time it is, so that a machine without a clock knows the least it can be at the next start.</summary>
    public void KeepTime(DateTimeOffset now)
    {
        lock (_lock) Keep(now);
    }

    private ScheduleResult TakePlan(Func<bool> isKnown, Func<ScheduleResult> take, Func<IEnumerable<string>> moods, string change, string payload, DateTimeOffset now, string by)
    {
        ScheduleResult result;
        lock (_lock)
        {
            bool isSame = isKnown(); // retained ones come again with every reconnection
            result = take();
            if (result.Ok && !isSame) Remember(now, by, change, payload);
            result = result with { Warnings = [.. result.Warnings, .. (result.Ok ? moods() : []).Where(mood => !Exists(mood)).Select(mood => $"mood '{mood}' does not exist; there are: {string.Join(", ", Moods)}")] };
            if (isSame) return result;
        }

        if (result.Ok) Changed?.Invoke();
        return result;
    }

    private void Remember(DateTimeOffset now, string by, string change, string value)
    {
        _known = null;
        Keep(now);
        if (_memory is null) return;
        EffectiveState state = Resolve(now);
        _memory.Record(Local(Instant.FromDateTimeOffset(now)), by, change, value, $"{state.Mood}, level {state.Level}, priority {state.Priority}");
    }

    private void Keep(DateTimeOffset now)
    {
        if (_memory is null) return;
        IEnumerable<ControlMemento.Held> moods = _stack.Moods.HeldAt(now).Select(held => new ControlMemento.Held(held.Priority, held.Command.Value, null, held.Command.By, held.Command.Until));
        IEnumerable<ControlMemento.Held> levels = _stack.Levels.HeldAt(now).Select(held => new ControlMemento.Held(held.Priority, null, held.Command.Value, held.Command.By, held.Command.Until));
        _memory.Keep(new ControlMemento(now, _book.ScheduleTexts, _book.CalendarTexts, [.. moods, .. levels], _seen.Marks));
    }

    // A schedule that this version refuses, or of a group that the zone has left, is not taken; the broker's retained one comes anyway.
    private void Restore(ControlMemento memento)
    {
        foreach ((string name, string text) in memento.Calendars) _book.SetCalendar(name, text);
        foreach ((string id, string text) in memento.Schedules) _book.SetSchedule(id, text);
        foreach (string mark in memento.Deliveries ?? []) _seen.Add(mark);
        foreach (ControlMemento.Held held in memento.Overrides)
        {
            if (held.Priority is < Priorities.LifeSafety or > Priorities.LowestOverride) continue;
            if (held.Mood is { } mood && Exists(mood)) _stack.Moods.Set(held.Priority, new Command<string>(mood, held.By, held.Until));
            if (held.Level is { } level and >= 0 and <= 100) _stack.Levels.Set(held.Priority, new Command<int>(level, held.By, held.Until));
        }
    }

    private EffectiveState Resolve(DateTimeOffset now) => Resolve(now, _book.Active?.At(Instant.FromDateTimeOffset(now)));

    // Everything but what comes next.
    private EffectiveState Resolve(DateTimeOffset now, ScheduleState? planned)
    {
        Resolution asked = _stack.Resolve(planned, now);
        (string mood, int priority, string source) = asked.Mood is { } named && Exists(named)
            ? (named, asked.MoodPriority, asked.MoodSource)
            : (_zone.DefaultMood, Priorities.Default, "default");
        int? cap = asked.MaxLevel;
        (int level, string levelSource) = (asked.Level, _zone.Level) switch
        {
            ({ } wanted, _) => (wanted, asked.LevelSource),
            (null, { } zoneLevel) => (zoneLevel, "default"),
            _ => (_ownLevels.GetValueOrDefault(mood), "mood"), // an evacuation mood brings its own level along, past quiet hours too
        };
        if (asked.Level is null && _zone.Level is not null) cap = planned?.MaxLevel;
        if (level > cap) (level, levelSource) = (cap.Value, levelSource + ", quiet hours");
        return new EffectiveState(mood, level, priority, source, asked.MoodUntil is { } until ? Local(Instant.FromDateTimeOffset(until)) : null, null, levelSource)
        {
            IsLevelByPerson = asked.Level is not null && asked.LevelPriority <= Priorities.LowestOverride,
        };
    }

    private bool Exists(string mood) => mood == Off || _ownLevels.ContainsKey(mood);

    private DateTimeOffset Local(Instant instant) => instant.InZone(Clock).ToDateTimeOffset();
}
