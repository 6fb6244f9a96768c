namespace Ambient.Sensors.Fusion;

/// <summary>Waits for a change of light that only a lamp makes, in a room of which nothing is known yet.</summary>
/// <remarks>A switching that a sensor shows in several halves is awaited to its end. It counts where what is left is less than half of what it gave: so hardly another lamp.</remarks>
internal sealed class FirstSwitch
{
    /// <summary>A change this many times the noise belongs to a switching.</summary>
    private const double ClearlyChanged = 4;

    /// <summary>A bank that burns on unseen gives about as much as the one that is switched, so less than this share of it is daylight.</summary>
    private const double LargestRest = 0.5;

    private double _moved;
    private DateTimeOffset _since;

    /// <summary>The latest reading may be part of a switching.</summary>
    public bool IsSwitching => _moved != 0;

    /// <summary>What was seen so far says nothing any more.</summary>
    public void Reset() => _moved = 0;

    /// <summary>Takes a reading; true once a switching ended with the reading before.</summary>
    /// <param name="time">When.</param>
    /// <param name="beforeLux">The reading before, lx.</param>
    /// <param name="lux">The reading, lx.</param>
    /// <param name="noiseLux">What the sensor wanders by itself, lx.</param>
    /// <param name="stepLux">What was switched, lx: above 0 on, below 0 off.</param>
    public bool TryAdd(DateTimeOffset time, double beforeLux, double lux, double noiseLux, out double stepLux)
    {
        double change = lux - beforeLux;
        bool isClear = Math.Abs(change) > ClearlyChanged * noiseLux;
        stepLux = _moved;
        if (isClear && change * _moved > 0 && time - _since <= LampLight.Settling)
        {
            _moved += change;
            return false;
        }

        (_moved, _since) = (isClear ? change : 0, time);
        double rest = Math.Min(beforeLux, beforeLux - stepLux);
        return rest < LargestRest * Math.Abs(stepLux);
    }
}
