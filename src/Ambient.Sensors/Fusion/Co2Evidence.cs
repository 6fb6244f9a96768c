namespace Ambient.Sensors.Fusion;

/// <summary>Carbon dioxide: people breathe it out, ventilation takes it away. Slow, late, but nothing else makes it.</summary>
internal sealed class Co2Evidence : IEvidence
{
    /// <summary>Outdoor air, ppm; a learnt floor never stands higher at first, or a full room at start would count as empty.</summary>
    private const double OutdoorPpm = 450;

    /// <summary>Drift of cheap sensors: the floor may rise by this much a day to follow them.</summary>
    private const double FloorRisePpmPerDay = 20;

    /// <summary>This far above the floor says nothing: yesterday's air, or somebody small.</summary>
    private const double NeutralPpm = 80;

    /// <summary>One person in 50 m³ with one air change an hour settles about 360 ppm above outdoors: half of it is clear.</summary>
    private const double ClearPpm = 150;

    /// <summary>The same person raises 50 m³ by 6 ppm a minute at first; a third of it is clear.</summary>
    private const double ClearPpmPerMinute = 2;

    /// <summary>Level and slope tell where a window may be open: both together stay weak.</summary>
    private const double LevelWeight = 0.7;
    private const double SlopeWeight = 1;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Queue<(DateTimeOffset Time, double Ppm)> _window = new();
    private double? _floorPpm;
    private DateTimeOffset _time;
    private double _ppm;

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double ppm)
    {
        _floorPpm = Math.Min(ppm, _floorPpm + (time - _time).TotalDays * FloorRisePpmPerDay ?? OutdoorPpm);
        (_time, _ppm) = (time, ppm);
        // A chatty sensor is thinned to what a window of bounded size can hold.
        if (_window.Count == 0 || time - _window.Last().Time >= Window / 60) _window.Enqueue((time, ppm));
        while (time - _window.Peek().Time > Window) _window.Dequeue();
    }

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now)
    {
        if (_floorPpm is not { } floor) return 0;
        double level = Math.Clamp((_ppm - floor - NeutralPpm) / ClearPpm, -1, 1);
        return LevelWeight * level + SlopeWeight * Math.Clamp(SlopePpmPerMinute() / ClearPpmPerMinute, -1, 1);
    }

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => FormattableString.Invariant($"{_ppm:0} ppm CO2, {SlopePpmPerMinute():+0.0;-0.0;0.0} a minute");

    /// <summary>Least squares through the window; 0 while it is shorter than a third.</summary>
    private double SlopePpmPerMinute()
    {
        if (_window.Count < 3 || _time - _window.Peek().Time < Window / 3) return 0;
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
