using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>zigbee2mqtt: one JSON object a device, <c>zigbee2mqtt/&lt;friendly name&gt;</c>; availability below it.</summary>
/// <remarks>
/// Unrelated keys are ignored, <c>null</c> means "not known yet" and is no reading. <c>contact: true</c> means closed. What <c>illuminance</c> is depends on the version, see
/// <see cref="Zigbee2MqttLight"/>, and whose <c>temperature</c> is the room's, <see cref="Zigbee2MqttTemperature"/>; what radars say in words, <see cref="Zigbee2MqttPresence"/>. Occupancy is a state, which is repeated with every report of the device: given as it stands, and marked where something else made the device speak.
/// <c>last_seen</c> tells what zigbee2mqtt only repeats from memory after a restart. Also understood: one topic an attribute (<c>output: attribute</c>).
/// Source: zigbee2mqtt.io, "MQTT topics and messages" and "Exposes"; messages in its issues (tests/data).
/// </remarks>
/// <param name="topic">Filter of its topics, ending in <c>/#</c>; what stands before is the base topic.</param>
internal sealed class Zigbee2Mqtt(string topic) : IPayloadDecoder
{
    public static readonly string[] Topics = ["zigbee2mqtt/#"];

    private const string BridgeInfo = "/bridge/info";
    private const string AvailabilitySuffix = "/availability";

    private static readonly (string Key, Quantity Quantity)[] Keys =
    [
        ("occupancy", Quantity.Occupancy),
        ("presence", Quantity.Presence),
        ("motion", Quantity.Motion),
        ("contact", Quantity.Contact),
        ("noise", Quantity.Noise),
        ("co2", Quantity.Co2),
        ("temperature", Quantity.Temperature),
        ("humidity", Quantity.Humidity),
    ];

    private readonly string _baseTopic = topic.EndsWith("/#", StringComparison.Ordinal) ? topic[..^1] : topic + "/";
    private readonly Zigbee2MqttLight _light = new();
    private readonly AttributeMemory _said = new();

    /// <inheritdoc/>
    public string Ecosystem => "zigbee2mqtt";

    /// <summary>A narrow topic, with the <c>bridge/info</c> beside it, which tells what illuminance means: any of the levels may be where the base topic ends.</summary>
    public static IReadOnlyList<string> TopicsOf(string topic)
    {
        List<string> topics = [topic];
        for (int slash = topic.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = topic.IndexOf('/', slash + 1))
            if (topic[..slash].AsSpan().IndexOfAny('+', '#') < 0 && !TopicFilter.Matches(topic, topic[..slash] + BridgeInfo)) topics.Add(topic[..slash] + BridgeInfo);
        return topics;
    }

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        // bridge/…: zigbee2mqtt about itself, of which only its version matters. …/set and …/get: what others ask of a device, not what it says.
        string topic = message.Topic;
        string name = topic.StartsWith(_baseTopic, StringComparison.Ordinal) ? topic[_baseTopic.Length..] : topic[(topic.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (name == "bridge/info" || topic.EndsWith(BridgeInfo, StringComparison.Ordinal)) _light.LearnVersion(message.Payload.Span);
        if (name == "bridge" || name.StartsWith("bridge/", StringComparison.Ordinal) || topic.Contains("/bridge/", StringComparison.Ordinal) || IsRequest(name) || message.Payload.IsEmpty) return;

        var body = new MessageBody(message, readings, problems);
        if (topic.EndsWith(AvailabilitySuffix, StringComparison.Ordinal)) DecodeAvailability(body, topic[..^AvailabilitySuffix.Length]);
        else if (!TryAttribute(body, topic)) body.ReadObject(state => DecodeState(body, topic, state));
    }

    /// <summary>The device that a topic is of, without what stands below it: availability or an attribute.</summary>
    public static string DeviceOf(string topic)
    {
        int slash = topic.LastIndexOf('/');
        string last = topic[(slash + 1)..];
        bool isBelow = last is "availability" or Zigbee2MqttLight.Key or Zigbee2MqttLight.LuxKey || Array.Exists(Keys, known => known.Key == last);
        return isBelow && topic.Count(c => c == '/') >= 2 ? topic[..slash] : topic;
    }

    private static bool IsRequest(string name)
    {
        foreach (string level in name.Split('/')) // the first, too: a topic may be as narrow as zigbee2mqtt/desk/#
            if (level is "set" or "get") return true;
        return false;
    }

    private static void DecodeAvailability(MessageBody body, string sensor)
    {
        if (!body.TryGetText(out string text)) return;
        if (text.StartsWith('{')) body.ReadObject(json => AddAvailability(body, sensor, json.TryGetProperty("state", out JsonElement state) ? state.ToString() : text));
        else AddAvailability(body, sensor, text); // the legacy form
    }

    private static void AddAvailability(MessageBody body, string sensor, string state)
    {
        if (state is "online" or "offline") body.Add(sensor, Quantity.Available, state == "online" ? 1 : 0);
        else body.Problem($"availability is {MessageBody.Shorten(state)}; online or offline would be right");
    }

    // zigbee2mqtt/desk/temperature with 21.5 in it.
    private bool TryAttribute(MessageBody body, string topic)
    {
        int slash = topic.LastIndexOf('/');
        string key = topic[(slash + 1)..];
        bool isLight = key is Zigbee2MqttLight.Key or Zigbee2MqttLight.LuxKey;
        if (topic.Count(c => c == '/') < 2 || (!isLight && Array.FindIndex(Keys, known => known.Key == key) < 0)) return false;
        if (!body.TryGetText(out string text) || text.StartsWith('{')) return false;
        body.ReadJson(value =>
        {
            if (isLight) _light.Read(body, topic[..slash], key == Zigbee2MqttLight.Key ? value : default, key == Zigbee2MqttLight.LuxKey ? value : default);
            else Decode(body, topic[..slash], key, Array.Find(Keys, known => known.Key == key).Quantity, value);
        });
        return true;
    }

    private void DecodeState(MessageBody body, string sensor, JsonElement state)
    {
        if (state.TryGetProperty("last_seen", out JsonElement lastSeen) && Timestamp.TryRead(lastSeen, out DateTimeOffset seen) && body.IsStale(seen, "last_seen")) return;
        bool isRepeat = IsRepeat(sensor, state);
        foreach (var (key, quantity) in Keys)
        {
            if (!body.TryOnly(state, key, out JsonElement value)) continue;
            if (quantity == Quantity.Temperature && Zigbee2MqttTemperature.OtherThan(state, value) is { } other) body.Problem($"temperature is {value.GetRawText()}, {other}");
            else Decode(quantity == Quantity.Occupancy ? body.AsRepeat(isRepeat) : body, sensor, key, quantity, value);
        }

        if (Zigbee2MqttPresence.In(state) is { } isThere) body.Add(sensor, Quantity.Presence, isThere ? 1 : 0);
        if (Zigbee2MqttTemperature.IsRoomThermostat(state)) body.AddMember(sensor, Quantity.Temperature, state, Zigbee2MqttTemperature.ThermostatKey);
        if (!body.TryOnly(state, Zigbee2MqttLight.Key, out JsonElement illuminance)) illuminance = default;
        if (!body.TryOnly(state, Zigbee2MqttLight.LuxKey, out JsonElement lux)) lux = default;
        _light.Read(body, sensor, illuminance, lux);
    }

    /// <summary>Whether occupancy is only repeated: it is as before, while something else that the device measures is not.</summary>
    private bool IsRepeat(string sensor, JsonElement state)
    {
        if (!state.TryGetProperty("occupancy", out JsonElement occupancy)) return false;
        var rest = new HashCode();
        foreach (JsonProperty entry in state.EnumerateObject())
            if (entry.Name is not ("occupancy" or "linkquality" or "last_seen" or "update" or "update_available" or "device") && entry.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                rest.Add(HashCode.Combine(entry.Name, entry.Value.GetRawText()));
        string before = _said[sensor] ?? "", now = $"{occupancy.GetRawText()} {rest.ToHashCode()}";
        _said.Set(sensor, now);
        return before != now && before.StartsWith(occupancy.GetRawText() + " ", StringComparison.Ordinal);
    }

    private static void Decode(MessageBody body, string sensor, string key, Quantity quantity, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        if (quantity == Quantity.Contact && value.ValueKind is JsonValueKind.True or JsonValueKind.False) body.Add(sensor, quantity, value.GetBoolean() ? 0 : 1);
        else body.AddValue(sensor, quantity, key, value, quantity == Quantity.Temperature ? null : Quantities.UnitOf(quantity)); // °C, but some devices' own setting is °F
    }
}
