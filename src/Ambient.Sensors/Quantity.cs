namespace Ambient.Sensors;

/// <summary>What a <see cref="Reading"/> measures. Units and ranges stand in <see cref="Quantities"/>.</summary>
public enum Quantity
{
    /// <summary>Somebody is there, says a device that decides by itself (usually PIR with a hold time). 0 or 1.</summary>
    Occupancy,

    /// <summary>Somebody is there, even sitting still, says a presence sensor (radar). 0 or 1.</summary>
    Presence,

    /// <summary>Something moved just now (bare PIR edge or level). 0 or 1.</summary>
    Motion,

    /// <summary>A contact: 1 open, 0 closed.</summary>
    Contact,

    /// <summary>Number of people counted.</summary>
    People,

    /// <summary>Illuminance, lx.</summary>
    Illuminance,

    /// <summary>Noise level, A-weighted, dBA.</summary>
    Noise,

    /// <summary>Sound as an uncalibrated sensor voltage or index: only its rise over its own floor means anything.</summary>
    Sound,

    /// <summary>Carbon dioxide, ppm.</summary>
    Co2,

    /// <summary>Air temperature, °C.</summary>
    Temperature,

    /// <summary>Relative humidity, %.</summary>
    Humidity,

    /// <summary>The device itself is reachable. 0 or 1.</summary>
    Available,

    /// <summary>Arousal from a wearable or another biofeedback source, -1 (calm) to 1 (excited).</summary>
    Arousal,

    /// <summary>Truth for evaluation: the room is occupied. 0 or 1. Never used as evidence.</summary>
    LabelOccupied,

    /// <summary>Truth for evaluation: people in the room. Never used as evidence.</summary>
    LabelPeople,

    /// <summary>A level that says more about the noise; the sensor's name tells which: <c>microphone/LA90</c>, <c>microphone/125Hz</c>. dB.</summary>
    SoundLevel,

    /// <summary>What this daemon itself plays, A-weighted, at its output: dB below a full-scale sine. Told by the daemon, so that microphones can take it away.</summary>
    OwnSound,

    /// <summary>The sensor can't measure what is there: 1 above its range (overload), -1 below it, 0 inside.</summary>
    OutOfRange,

    /// <summary>A contact that demands silence at once (fire alarm). 1 silence, 0 music.</summary>
    Mute,

    /// <summary>Air pressure, hPa.</summary>
    Pressure,

    /// <summary>Something is near: the sensor's own scale, larger is nearer.</summary>
    Proximity,

    /// <summary>Distance of the nearest target, m.</summary>
    Distance,

    /// <summary>A feature of the context as the daemon had it; the sensor's name is the feature's. Only in recordings: it marks when readings were fused, and is never used as evidence.</summary>
    Context,

    /// <summary>Heart rate of somebody in the room, beats a minute.</summary>
    HeartRate,

    /// <summary>Breaths a minute of somebody in the room.</summary>
    BreathingRate,

    /// <summary>How full the room is, as somebody says who knows it: 0..1.</summary>
    Crowd,

    /// <summary>How much is going on, as somebody says who knows it, such as a game: 0..1.</summary>
    Intensity,

    /// <summary>People who came in at a door, as a running total that may begin at 0 again.</summary>
    PeopleIn,

    /// <summary>People who went out at a door, as a running total that may begin at 0 again.</summary>
    PeopleOut,

    /// <summary>People who came in at a door since the last message.</summary>
    PeopleEntered,

    /// <summary>People who went out at a door since the last message.</summary>
    PeopleLeft,
}
