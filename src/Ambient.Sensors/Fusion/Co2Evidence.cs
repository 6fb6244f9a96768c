namespace Ambient.Sensors.Fusion;

/// <summary>Carbon dioxide by its mass balance: what rises faster than ventilation takes away is being breathed out now, however high it stands.</summary>
/// <remarks>source = dC/dt + k (C - C_outdoors), with k the air changes. After people leave, the air is still bad but the source is 0.</remarks>
internal sealed class Co2Evidence(Calibration calibration) : IEvidence
{
    /// <summary>Outdoor air, ppm; a learnt floor never stands higher at first, or a full room at start would count as empty.</summary>
    private const double OutdoorPpm = 430;

    /// <summary>Drift of cheap sensors: the floor may rise by this much a day to follow them.</summary>
    private const double FloorRisePpmPerDay = 20;

    /// <summary>From the threshold this far up or down it is clear; the noise of a slope over ten minutes is about half of it.</summary>
    private const double ClearPpmPerMinute = 1;

    /// <summary>Weak, since it comes ten minutes late and a window or a door shared with a corridor can do the same; enough where nothing else speaks.</summary>
    private const double Clear = 0.9;

    /// <summary>Air that clears this many times faster than the room's ventilation can do it: a window was opened, which says nothing.</summary>
    private const double WindowOpened = 1.2;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Queue<(DateTimeOffset Time, double Ppm)> _window = new();
    private double? _floorPpm;
    private DateTimeOffset _newest;
    private DateTimeOffset _time;
    private double _ppm;
    private double? _slope;

    /// <summary>How fast it rises, ppm a minute, and how far it stands above outdoors, ppm; null before that is known.</summary>
    public (double Slope, double Above)? Balance => _floorPpm is { } floor && _slope is { } slope ? (slope, _ppm - floor) : null;

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double ppm)
    {
        _floorPpm = Math.Min(ppm, _floorPpm + (time - _time).TotalDays * FloorRisePpmPerDay ?? OutdoorPpm);
        (_time, _ppm) = (time, ppm);
        // A chatty sensor is thinned to what a window of bounded size can hold.
        if (_window.Count == 0 || time - _newest >= Window / 60)
        {
            _window.Enqueue((time, ppm));
            _newest = time;
        }

        while (time - _window.Peek().Time > Window) _window.Dequeue();
        _slope = SlopePpmPerMinute();
    }

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now)
    {
        if (_floorPpm is not { } floor || _slope is not { } slope) return 0;
        double ventilated = calibration.AirChangesPerHour / 60 * (_ppm - floor);
        if (slope < -WindowOpened * ventilated - calibration.Co2PpmPerMinute) return 0;
        double source = slope + ventilated;
        return Clear * Math.Clamp((source - calibration.Co2PpmPerMinute) / ClearPpmPerMinute, -1, 1);
    }

    /// <inheritdoc/>
    public void Depart()
    {
        _window.Clear();
        _slope = null;
    }

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => FormattableString.Invariant($"{_ppm:0} ppm CO2, {_slope:+0.0;-0.0;0.0} a minute");

    /// <summary>Least squares through the window; null while it is shorter than a third.</summary>
    private double? SlopePpmPerMinute()
    {
        if (_window.Count < 3 || _time - _window.Peek().Time < Window / 3) return null;
        double meanTime = 0, meanPpm = 0;
        foreach (var (time, ppm) in _window)
        {
            meanTime += (time - _time).TotalMinutes / _window.Count;
            meanPpm += ppm / _window.Count;
        }

        double covariance = 0, variance = 0;
        foreach (var (time, ppm) in _window)
        {
            double minutes = (time - _time).TotalMinutes - meanTime;
            covariance += minutes * (ppm - meanPpm);
            variance += minutes * minutes;
        }

        return covariance / variance;
    }
}
