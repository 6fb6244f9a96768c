namespace Ambient.Sensors.Fusion;

/// <summary>People in the room by those who came in and went out, as counters at its doors tell. It drifts with everyone they miss, so it is set right whenever the room is known to be empty.</summary>
internal sealed class DoorTally
{
    /// <summary>A door lets through no more: two a second, and a few at once. What is more is a counter that was set anew.</summary>
    private const double PeoplePerSecond = 2;
    private const double PeopleAtOnce = 5;

    private const int MaximumDoors = 100; // a flood of made-up sensor names must not fill the memory

    /// <summary>Miscounts above these within about a day are a fault: one in ten, and not just two who squeezed past.</summary>
    private const double TooMany = 3;
    private const double TooLargeShare = 0.1;

    /// <summary>In and out come as two messages; fewer than nobody for longer than this, and somebody was missed.</summary>
    private static readonly TimeSpan MessagesApart = TimeSpan.FromSeconds(30);

    /// <summary>The others have to be sure for this long that nobody is there.</summary>
    private static readonly TimeSpan EmptyFor = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Forget = TimeSpan.FromDays(1);

    private readonly Dictionary<(string Sensor, Quantity Quantity), (DateTimeOffset Time, double Total)> _doors = [];
    private double _people;
    private double _passed;
    private double _miscounted;
    private bool _isRight; // the room was known to be empty once
    private DateTimeOffset _time;
    private DateTimeOffset? _negativeSince;
    private DateTimeOffset? _emptySince;

    /// <summary>The counters that it adds up: <c>hall/in + hall/out</c>. Null until both directions were heard.</summary>
    public string? Sensor { get; private set; }

    /// <summary>Whether there is a number: at the start nobody knows who is inside.</summary>
    public bool IsKnown => Sensor is not null && (_isRight || _passed > 0);

    /// <summary>People in the room.</summary>
    public double People => Math.Max(0, _people);

    /// <summary>How many of those who passed were missed, for people; null while that is as good as counters are.</summary>
    public string? Drift => _miscounted > TooMany && _miscounted > TooLargeShare * _passed
        ? FormattableString.Invariant($"Sensor {Sensor}: missed {Math.Round(_miscounted)} of {Math.Round(_passed)} people who passed within about a day")
        : null;

    /// <summary>Whether a quantity is told at doors.</summary>
    public static bool Takes(Quantity quantity) => quantity is Quantity.PeopleIn or Quantity.PeopleOut or Quantity.PeopleEntered or Quantity.PeopleLeft;

    /// <summary>Takes what a door tells.</summary>
    /// <returns>Whether it makes a number; an older reading than the latest does not.</returns>
    public bool Add(in Reading reading)
    {
        var key = (reading.Sensor, reading.Quantity);
        bool isTotal = reading.Quantity is Quantity.PeopleIn or Quantity.PeopleOut;
        bool isKnown = _doors.TryGetValue(key, out (DateTimeOffset Time, double Total) before);
        if (!isKnown && _doors.Count >= MaximumDoors) return false;
        if (isKnown && (reading.Time < before.Time || (reading.IsRepeat && !isTotal))) return false;
        double passed = !isTotal ? reading.Value : isKnown ? Passed(reading, before) : 0;
        _doors[key] = (reading.Time, reading.Value);
        _people += reading.Quantity is Quantity.PeopleIn or Quantity.PeopleEntered ? passed : -passed;
        Age(reading.Time);
        _passed += passed;
        if (Sensor is null && _doors.Keys.Any(door => IsIn(door.Quantity)) && _doors.Keys.Any(door => !IsIn(door.Quantity)))
            Sensor = string.Join(" + ", _doors.Keys.Select(door => door.Sensor).Distinct().Order(StringComparer.Ordinal));
        return IsKnown;
    }

    /// <summary>Sets the number right where it can't be.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="isEmpty">Everything but counters is sure that nobody is there.</param>
    /// <returns>Whether it was set right, or became known, just now.</returns>
    public bool Settle(DateTimeOffset now, bool isEmpty)
    {
        _negativeSince = _people < 0 ? _negativeSince ?? now : null;
        _emptySince = isEmpty ? _emptySince ?? now : null;
        bool isSettled = now - _emptySince >= EmptyFor;
        bool isWrong = _people > 0 ? isSettled : now - _negativeSince >= MessagesApart;
        if (isWrong)
        {
            Age(now);
            if (_isRight) _miscounted += Math.Abs(_people);
            _people = 0;
        }

        bool isFirst = !_isRight && isSettled;
        _isRight |= isWrong || isSettled; // what was before the start nobody could know
        return isWrong || isFirst;
    }

    private static bool IsIn(Quantity quantity) => quantity is Quantity.PeopleIn or Quantity.PeopleEntered;

    /// <summary>How many passed since the total before; a total that fell began at 0 again, at midnight or with the power.</summary>
    private static double Passed(in Reading reading, (DateTimeOffset Time, double Total) before)
    {
        double passed = reading.Value < before.Total ? reading.Value : reading.Value - before.Total;
        return passed <= PeopleAtOnce + PeoplePerSecond * (reading.Time - before.Time).TotalSeconds ? passed : 0;
    }

    private void Age(DateTimeOffset time)
    {
        double left = Decay.Left(time - _time, Forget);
        (_passed, _miscounted, _time) = (_passed * left, _miscounted * left, time);
    }
}
