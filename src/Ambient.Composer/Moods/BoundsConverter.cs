using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Composer.Moods;

/// <summary>Reads and writes <see cref="Bounds"/> as <c>[least, most]</c>.</summary>
internal sealed class BoundsConverter : JsonConverter<Bounds>
{
    public override Bounds Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("must be [least, most]");
        double min = ReadNumber(ref reader);
        double max = ReadNumber(ref reader);
        if (!reader.Read() || reader.TokenType != JsonTokenType.EndArray) throw new JsonException("must be [least, most], two numbers");
        return new Bounds(min, max);
    }

    public override void Write(Utf8JsonWriter writer, Bounds value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Min);
        writer.WriteNumberValue(value.Max);
        writer.WriteEndArray();
    }

    private static double ReadNumber(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : throw new JsonException("must be [least, most], two numbers");
}
