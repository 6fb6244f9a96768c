namespace Ambient.Sensors;

/// <summary>One measurement by one sensor, in the unit of its <see cref="Quantity"/>.</summary>
/// <param name="Time">When it was measured, by the clock that drives the daemon.</param>
/// <param name="Sensor">Which sensor: stable, unique in the zone, readable (<c>zigbee2mqtt/desk-pir</c>).</param>
/// <param name="Quantity">What was measured; decides unit and valid range.</param>
/// <param name="Value">The value in <see cref="Quantities.UnitOf"/>; finite, inside <see cref="Quantities.RangeOf"/>. Yes/no quantities are 1 and 0.</param>
public readonly record struct Reading(DateTimeOffset Time, string Sensor, Quantity Quantity, double Value)
{
    /// <summary>The device had another reason to speak and only repeated this state: it is alive, and nothing new was seen.</summary>
    public bool IsRepeat { get; init; }
}
