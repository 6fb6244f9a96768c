namespace Ambient.Sensors.Acoustics;

/// <summary>Takes what this daemon plays out of every noise reading, so that the room is heard and not the music.</summary>
/// <remarks>
/// The daemon tells what it plays as readings of <see cref="Quantity.OwnSound"/>. How much of it a microphone hears is learnt for
/// each sensor while music plays (<see cref="RoomCoupling"/>); until then, and without music, readings pass unchanged. Works for
/// any sensor of <see cref="Quantity.Noise"/>, also one on the network. Not thread-safe.
/// </remarks>
public sealed class OwnSoundRemoval
{
    private const int MaximumSensors = 64; // a flood of made-up sensor names must not fill the memory

    private readonly OwnSoundHistory _history = new();
    private readonly Dictionary<string, RoomCoupling> _couplings = new(StringComparer.Ordinal);

    /// <summary>Takes every reading on its way to fusion.</summary>
    /// <returns>The reading; if it is one of noise, the level that the room itself has.</returns>
    public Reading Clean(in Reading reading)
    {
        if (reading.Quantity == Quantity.OwnSound) _history.Add(reading.Time, Power(reading.Value));
        if (reading.Quantity != Quantity.Noise || _history.IsEmpty) return reading;
        if (!_couplings.TryGetValue(reading.Sensor, out RoomCoupling? coupling))
        {
            if (_couplings.Count >= MaximumSensors) return reading;
            _couplings[reading.Sensor] = coupling = new RoomCoupling(_history);
        }

        double ofTheRoom = coupling.Clean(reading.Time, Power(reading.Value));
        return reading with { Value = Math.Max(0, 10 * Math.Log10(ofTheRoom)) };
    }

    /// <summary>What the coupling from output to a sensor has been learnt to be: its dBA minus our dB below a full-scale sine. Null until learnt.</summary>
    public double? CouplingDb(string sensor) =>
        _couplings.TryGetValue(sensor, out RoomCoupling? coupling) && coupling.Gain is { } gain ? 10 * Math.Log10(gain) : null;

    private static double Power(double decibels) => Math.Pow(10, decibels / 10);
}
