namespace Ambient.Sensors.Fusion;

/// <summary>The features of <see cref="ContextVector"/> in the order in which they are shown: one table for documents and the console.</summary>
public static class ContextFeatures
{
    /// <summary>All features.</summary>
    public static IReadOnlyList<ContextFeature> All { get; } =
    [
        new("occupancy", "how probable it is that somebody is in the room", "0..1",
            "logistic of the log-odds that motion, light, sound, CO2, contacts and counters add up to, each capped", 0.5, c => c.Occupancy),
        new("occupied", "whether somebody is in the room", "0 or 1",
            "occupancy, switching on above 0.62 and off below 0.38; holds in between", null, c => c.IsOccupied ? 1 : 0),
        new("people", "people in the room", "0 and up",
            "those who count, as far as they agree; 0 where nothing counts and the room is surely empty; else unknown", null, c => c.People),
        new("people_confidence", "how sure that number is", "0..1",
            "certainty of the counters * their freshness, trust and agreement", 0, c => c.PeopleConfidence),
        new("density", "how full the room is", "0..1 of capacity",
            "people counted / capacity; where nothing counts, estimated as occupancy * (0.2 + 0.5 * activity)", 0.3, c => c.Density),
        new("activity", "how much is going on: movement, voices", "0..1",
            "mean of the share of the last 3 minutes with motion and of sound over its floor (20 dB = 1)", 0.3, c => c.Activity),
        new("dba", "the room's noise level", "dBA",
            "energy mean of the fresh sensors, 30 s", null, c => c.NoiseDba),
        new("noise", "the room's noise on a scale", "0 (30 dBA) .. 1 (70 dBA)",
            "(dBA - 30) / 40; of a sensor in volts: its level over its learnt floor, taken to be 35 dBA", 0.3, c => c.Noise),
        new("lux", "illuminance", "lx",
            "mean of the fresh sensors", null, c => c.IlluminanceLux),
        new("daylight", "what of it is daylight, not lamps", "lx, 0 to all of it",
            "each sensor's lux less the lamps that explain its steps; unknown while the explanations differ", null, c => c.DaylightLux),
        new("light", "illuminance as it appears to the eye", "0 (dark) .. 1 (2000 lx and more)",
            "log(1 + lx) / log(2001)", 0.5, c => c.Light),
        new("arousal", "how excited a listener is, by optional biofeedback", "-1..1",
            "latest value", 0, c => c.Arousal),
        new("confidence", "how far the features rest on fresh evidence", "0..1",
            "1 - product over the kinds of sensors of (1 - certainty of the kind * freshness)", 0, c => c.Confidence),
    ];
}
