namespace Ambient.Daemon.Mqtt;

/// <summary>The names of all topics of one zone.</summary>
public sealed class MqttTopics
{
    /// <summary>The group that every zone belongs to.</summary>
    public const string All = "all";

    private const string Calendars = "calendars";
    private const string AnyInput = Room.ContextInputs.Prefix + "+";

    // One level more than + would match is never ours; what a later version adds comes to this table.
    private static readonly string[] Commands = ["mood/set", "level/set", "power/set", "override/set", "override/clear", "schedule/set", "event", "feedback", AnyInput];

    private static readonly string[] States =
    [
        "availability", "mood", "mood/target", "level", "power", "effective", "context", "why", "score", "diag", "fault", "fault/attributes", "schedule/result", "instance",
    ];

    private readonly string _base;
    private readonly string[] _ids;

    /// <summary>Topics below <paramref name="baseTopic"/> for a zone and the groups it belongs to.</summary>
    public MqttTopics(string baseTopic, string zone, IEnumerable<string> groups)
    {
        _base = baseTopic;
        _ids = [zone, .. groups, All];
        Zone = zone;
        CommandFilters = [.. from id in _ids from command in Commands select $"{_base}/{id}/{command}"];
    }

    /// <summary>The zone's id.</summary>
    public string Zone { get; }

    /// <summary>What to subscribe to for commands: the zone's own, its groups', everyone's.</summary>
    public IReadOnlyList<string> CommandFilters { get; }

    /// <summary>What to subscribe to for everyone's calendars.</summary>
    public string CalendarFilter => $"{_base}/{Calendars}/+/set";

    /// <summary>Every topic that the zone itself publishes to.</summary>
    public IEnumerable<string> Published => States.Select(State);

    /// <summary>A topic of the zone: <c>State("mood")</c> is <c>ambient/&lt;zone&gt;/mood</c>.</summary>
    public string State(string name) => $"{_base}/{Zone}/{name}";

    /// <summary>Whether a message changes who wants what: a command for this zone but for those to the music and inputs, or a calendar.</summary>
    /// <param name="topic">Any topic.</param>
    /// <param name="command">What follows the id; <c>set</c> for a calendar.</param>
    public bool IsOrder(string topic, out string command)
    {
        if (TryParseCommand(topic, out command)) return command is not ("event" or "feedback") && !command.StartsWith(Room.ContextInputs.Prefix, StringComparison.Ordinal);
        command = "set";
        return TryParseCalendar(topic, out _);
    }

    /// <summary>The calendar that a topic is about: <c>ambient/calendars/holidays/set</c>; false for any other topic.</summary>
    public bool TryParseCalendar(string topic, out string name)
    {
        name = "";
        string[] levels = topic.Split('/');
        if (levels.Length != 4 || levels[0] != _base || levels[1] != Calendars || levels[3] != "set") return false;
        name = levels[2];
        return true;
    }

    /// <summary>What follows the id in a command topic: <c>mood/set</c>; false for any other topic.</summary>
    public bool TryParseCommand(string topic, out string command)
    {
        command = "";
        string[] levels = topic.Split('/', 3);
        if (levels.Length < 3 || levels[0] != _base || !_ids.Contains(levels[1]) || !IsCommand(levels[2])) return false;
        command = levels[2];
        return true;
    }

    private static bool IsCommand(string name) =>
        name.StartsWith(Room.ContextInputs.Prefix, StringComparison.Ordinal) ? name.IndexOf('/', Room.ContextInputs.Prefix.Length) < 0 : Commands.Contains(name);
}
