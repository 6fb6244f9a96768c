namespace Ambient.Sensors.Fusion;

/// <summary>Lamps: people switch them on and off, daylight comes and goes slowly. Works in ratios, so a sensor that reads three times too much says the same.</summary>
/// <remarks>
/// What a lamp adds is learnt from the steps it makes. A step of that size upwards is a switch-on; downwards, a switch-off if what is left
/// is less than the lamp's own light; and wherever there is less light than the lamp gives, the lamp is off, however slowly the light went.
/// </remarks>
internal sealed class LightEvidence : IEvidence
{
    /// <summary>Somebody switched it; more can't be claimed, since a timer or a cloud may have done it.</summary>
    private const double Switched = 2.5;

    /// <summary>Dark without having seen the switch: people rarely stay in the dark.</summary>
    private const double Dark = -1.2;

    /// <summary>Unknown history, but light enough to work by (half of what EN 12464-1 asks for circulation areas and up): a hint.</summary>
    private const double LitAtStart = 1;
    private const double LitAtStartLux = 100;

    /// <summary>The same where the lamp is known from before and there is as much light as it gives.</summary>
    private const double LampAtStart = 1.5;
    private const double LampShare = 0.9;

    /// <summary>Share of the lamp's light that a step must have; a reading averaged over a switching shows it in two halves.</summary>
    private const double StepShare = 0.4;

    /// <summary>A lamp that adds less than this to the daylight can't be told from a passing cloud.</summary>
    private const double ClearStepRatio = 1.3;

    /// <summary>Until a lamp is known: as much as daylight never changes in a minute or two, and more than a sensor's resolution near darkness.</summary>
    private const double FirstStepRatio = 1.5;
    private const double FirstStepLux = 5;

    /// <summary>Only a doubling teaches the lamp's size: it stands clear of the daylight.</summary>
    private const double LearntStepRatio = 2;

    /// <summary>Steps remembered; their median is the lamp, so single sunbeams do not matter.</summary>
    private const int Memory = 7;

    /// <summary>Readings further apart can't tell a step from dusk.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);

    /// <summary>A lamp left on says less and less: people forget to switch off, but stay for a working day.</summary>
    private static readonly TimeSpan OnMemory = TimeSpan.FromHours(12);

    /// <summary>A switch-off tells that somebody left then; soon only the darkness speaks.</summary>
    private static readonly TimeSpan OffMemory = TimeSpan.FromMinutes(30);

    private readonly List<double> _steps = [];
    private readonly LampLight _lampLight = new();
    private DateTimeOffset _time;
    private double? _lux;
    private double _logOdds;
    private double? _lampLux;

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double lux)
    {
        _lampLight.Add(time, lux);
        TimeSpan elapsed = time - _time;
        _time = time;
        if (_lux is { } before)
        {
            _logOdds = Aged(elapsed);
            if (elapsed <= LongestStep) Step(before, lux);
            if (lux < StepShare * _lampLux) _logOdds = Math.Min(_logOdds, Dark);
        }
        else
        {
            _logOdds = lux < StepShare * _lampLux ? Dark : lux <= LitAtStartLux ? 0 : lux >= LampShare * _lampLux ? LampAtStart : LitAtStart;
        }

        _lux = lux;
    }

    /// <inheritdoc/>
    public double? LearntSize
    {
        get => _lampLux;
        set
        {
            _lampLux = value;
            if (value is { } lamp) _lampLight.Recall(lamp);
        }
    }

    /// <summary>What of the latest reading is daylight, lx, 0 and up; null while that is unknown.</summary>
    public double? DaylightLux => _lux - _lampLight.Lux;

    /// <inheritdoc/>
    public DateTimeOffset? LastSwitch { get; private set; }

    /// <inheritdoc/>
    public bool IsGuess => _lampLux is null;

    /// <inheritdoc/>
    public void SwitchedByNobody() => _logOdds = Math.Clamp(_logOdds, Dark, LitAtStart);

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now) => Aged(now - _time);

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) =>
        FormattableString.Invariant($"{_lux:0} lx, lamp {(_logOdds > 1 ? "on" : _logOdds < -1 ? "off" : "unknown")}");

    private double Aged(TimeSpan elapsed) => _logOdds switch
    {
        > 0 => _logOdds * Decay.Left(elapsed, OnMemory),
        < Dark => Decay.Towards(_logOdds, Dark, elapsed, OffMemory),
        _ => _logOdds,
    };

    private void Step(double before, double after)
    {
        double step = after - before;
        double ratio = Math.Max(before, after) / Math.Min(before, after); // infinite from or to darkness
        bool isFirst = Math.Abs(step) > FirstStepLux && ratio > FirstStepRatio;
        bool isSwitch = _lampLux is { } lamp ? Math.Abs(step) >= StepShare * lamp && ratio > ClearStepRatio : isFirst;
        if (!isSwitch) return;
        LastSwitch = _time;

        if (step > 0 || _lampLux is null)
            _logOdds = step > 0 ? Switched : -Switched;
        else if (after < LampShare * _lampLux)
            _logOdds = -Switched;
        else if (_logOdds > 0)
            _logOdds /= 2; // as much light is left as the lamp gives: a sunbeam ended, or one lamp of several

        if (_lampLux is null || (step > FirstStepLux && ratio > LearntStepRatio)) Learn(Math.Abs(step));
    }

    private void Learn(double stepLux)
    {
        _steps.Add(stepLux);
        if (_steps.Count > Memory) _steps.RemoveAt(0);
        _lampLux = _steps.Order().ElementAt(_steps.Count / 2);
    }
}
