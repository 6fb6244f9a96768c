using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Sensors;

namespace Ambient.Daemon.Room;

/// <summary>Writes a <see cref="ContextVector"/> under its public names, three decimals each: a sensor knows no more.</summary>
internal sealed class ContextVectorConverter : JsonConverter<ContextVector>
{
    /// <summary>Nobody sends us a context vector.</summary>
    public override ContextVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ContextVector value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("at", value.Time);
        writer.WriteBoolean("occupied", value.IsOccupied);
        Number("occupancy", value.Occupancy);
        Number("people", value.People);
        Number("people_confidence", value.PeopleConfidence);
        Number("density", value.Density);
        Number("activity", value.Activity);
        Number("dba", value.NoiseDba);
        Number("noise", value.Noise);
        Number("lux", value.IlluminanceLux);
        Number("daylight", value.DaylightLux);
        Number("daylight_share", value.DaylightShare);
        Number("light", value.Light);
        Number("arousal", value.Arousal);
        Number("confidence", value.Confidence);
        if (value.HeartRateBpm is not null) Number("heart_rate", value.HeartRateBpm);
        if (value.BreathsPerMinute is not null) Number("breathing_rate", value.BreathsPerMinute);
        writer.WriteEndObject();

        void Number(string name, double? number)
        {
            if (number is { } known) writer.WriteNumber(name, Math.Round(known, 3));
            else writer.WriteNull(name); // nothing measures it
        }
    }
}
