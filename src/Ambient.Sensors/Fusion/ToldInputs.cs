namespace Ambient.Sensors.Fusion;

/// <summary>What the room is told and does not measure: arousal, heart, breath, crowd, intensity. The latest of each holds, and ages.</summary>
internal sealed class ToldInputs
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(3); // time constant of ageing
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(5); // who says how full a room is says so every few minutes
    private static readonly TimeSpan Lives = TimeSpan.FromMinutes(1); // a strap says so every few seconds; a pulse of a minute ago guides nobody

    private readonly Dictionary<Quantity, Reading> _latest = [];

    /// <summary>Whether a quantity is one of these.</summary>
    public static bool Takes(Quantity quantity) =>
        quantity is Quantity.Arousal or Quantity.HeartRate or Quantity.BreathingRate or Quantity.Crowd or Quantity.Intensity;

    /// <summary>Takes a reading if it is one of these and not older than the latest.</summary>
    public void Add(in Reading reading)
    {
        if (Takes(reading.Quantity) && (!_latest.TryGetValue(reading.Quantity, out Reading latest) || reading.Time >= latest.Time)) _latest[reading.Quantity] = reading;
    }

    /// <summary>The latest value, falling to 0 with its age.</summary>
    public double Fading(Quantity quantity, DateTimeOffset now) =>
        _latest.TryGetValue(quantity, out Reading latest) ? latest.Value * Decay.Left(now - latest.Time, Memory) : 0;

    /// <summary>The latest value while it is fresh, else null.</summary>
    public double? Fresh(Quantity quantity, DateTimeOffset now) =>
        _latest.TryGetValue(quantity, out Reading latest) && now - latest.Time <= Lives ? latest.Value : null;

    /// <summary>What is measured, or what is told in its place for as long as that holds.</summary>
    public double Over(double measured, Quantity quantity, DateTimeOffset now)
    {
        if (!_latest.TryGetValue(quantity, out Reading latest)) return measured;
        double told = Decay.Left(now - latest.Time - Holds, Memory);
        return double.Lerp(measured, latest.Value, told);
    }
}
