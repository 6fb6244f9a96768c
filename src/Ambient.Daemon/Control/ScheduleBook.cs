using Ambient.Daemon.Schedules;

namespace Ambient.Daemon.Control;

/// <summary>The schedules that a zone was given, which of them rules, and the calendars they name.</summary>
/// <remarks>The zone's own beats its groups' in the order of its configuration, those beat everyone's, that beats the file's, whatever arrived when. Not thread-safe.</remarks>
public sealed class ScheduleBook
{
    /// <summary>Whose the schedule of the configuration is.</summary>
    public const string File = "file";

    private const int MostCalendars = 64;

    private readonly string[] _rank;
    private readonly Schedule? _fromFile;
    private readonly IReadOnlyDictionary<string, CalendarDates> _fileCalendars;
    private readonly Dictionary<string, (string Text, Schedule Schedule)> _schedules = [];
    private readonly Dictionary<string, (string Text, CalendarDates Dates)> _calendars = [];

    /// <summary>A book with at most the configuration's schedule in it.</summary>
    /// <param name="ids">The zone, its groups, <c>all</c>: who may give a schedule, most important first.</param>
    /// <param name="fromFile">The configuration's schedule; rules where nobody else gives one.</param>
    /// <param name="fileCalendars">The configuration's calendars; one that is sent takes the place of that name.</param>
    public ScheduleBook(IEnumerable<string> ids, Schedule? fromFile, IReadOnlyDictionary<string, CalendarDates>? fileCalendars = null)
    {
        _fileCalendars = fileCalendars ?? new Dictionary<string, CalendarDates>();
        _rank = [.. ids];
        _fromFile = fromFile;
        Choose();
    }

    /// <summary>The schedule that rules, with its calendars; null without any.</summary>
    public Schedule? Active { get; private set; }

    /// <summary>Whose it is: an id, <see cref="File"/>, or null.</summary>
    public string? ActiveId { get; private set; }

    /// <summary>Schedules as they were sent, by id.</summary>
    public IReadOnlyDictionary<string, string> ScheduleTexts => _schedules.ToDictionary(entry => entry.Key, entry => entry.Value.Text);

    /// <summary>Calendars as they were sent, by name.</summary>
    public IReadOnlyDictionary<string, string> CalendarTexts => _calendars.ToDictionary(entry => entry.Key, entry => entry.Value.Text);

    /// <summary>Calendars that the ruling schedule names and nobody has sent.</summary>
    public IEnumerable<string> MissingCalendars => (Active?.Calendars ?? []).Where(name => !IsKnown(name));

    /// <summary>Moods that an id's schedule names.</summary>
    public IEnumerable<string> MoodsOf(string id) => _schedules.TryGetValue(id, out var entry) ? entry.Schedule.Moods : [];

    /// <summary>Whether the last text accepted for an id or calendar was this one already.</summary>
    public bool HasSchedule(string id, string text) => _schedules.TryGetValue(id, out var entry) && entry.Text == text;

    /// <summary>As <see cref="HasSchedule"/>, for a calendar.</summary>
    public bool HasCalendar(string name, string text) => _calendars.TryGetValue(name, out var entry) && entry.Text == text;

    /// <summary>Takes a schedule for an id; an empty text takes it back. On errors all stays as it was.</summary>
    public ScheduleResult SetSchedule(string id, string text)
    {
        if (!_rank.Contains(id)) return Refused(null, [$"'{ShownText.Of(id)}' is no id of this zone; allowed: {string.Join(", ", _rank)}"]);
        if (text.Length == 0)
        {
            _schedules.Remove(id);
            Choose();
            return new ScheduleResult(null, true, [], [], ActiveId);
        }

        if (!ScheduleFile.TryParse(text, out Schedule? schedule, out IReadOnlyList<string> problems)) return Refused(ScheduleFile.IdOf(text), problems);
        _schedules[id] = (text, schedule);
        Choose();
        return new ScheduleResult(schedule.Id, true, [], [.. schedule.Calendars.Where(name => !IsKnown(name)).Select(name => $"calendar '{name}' is not known yet: its exceptions wait for calendars/{name}/set")], ActiveId);
    }

    /// <summary>Takes a calendar; an empty text takes it back. On errors all stays as it was.</summary>
    public ScheduleResult SetCalendar(string name, string text)
    {
        if (text.Length == 0)
        {
            _calendars.Remove(name);
        }
        else
        {
            if (!ScheduleFile.TryParseCalendar(text, out CalendarDates? dates, out IReadOnlyList<string> problems)) return Refused(name, problems);
            if (_calendars.Count >= MostCalendars && !_calendars.ContainsKey(name)) return Refused(name, [$"there are {MostCalendars} calendars already; allowed: at most {MostCalendars}"]);
            _calendars[name] = (text, dates);
        }

        Choose();
        return new ScheduleResult(name, true, [], [], ActiveId);
    }

    private bool IsKnown(string calendar) => _calendars.ContainsKey(calendar) || _fileCalendars.ContainsKey(calendar);

    private ScheduleResult Refused(string? id, IReadOnlyList<string> problems) => new(id, false, problems, [], ActiveId);

    private void Choose()
    {
        ActiveId = _rank.FirstOrDefault(_schedules.ContainsKey) ?? (_fromFile is null ? null : File);
        Schedule? chosen = ActiveId is null ? null : ActiveId == File && !_schedules.ContainsKey(File) ? _fromFile : _schedules[ActiveId].Schedule;
        var calendars = new Dictionary<string, CalendarDates>(_fileCalendars);
        foreach ((string name, (_, CalendarDates dates)) in _calendars) calendars[name] = dates;
        Active = chosen?.With(calendars);
    }
}
