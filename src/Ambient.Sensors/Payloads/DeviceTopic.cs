namespace Ambient.Sensors.Payloads;

/// <summary>The topic filter that takes one device out of a house: what <see cref="SourceConfig.Topic"/> would have to be.</summary>
public static class DeviceTopic
{
    /// <summary>The filter of all messages of the device that a message is from.</summary>
    /// <param name="ecosystem">One of <see cref="PayloadCatalog.Names"/>.</param>
    /// <param name="topic">Topic of the message.</param>
    /// <returns>Null where the topic does not tell which device it is.</returns>
    public static string? Of(string ecosystem, string topic)
    {
        string[] levels = topic.Split('/');
        return ecosystem switch
        {
            "zigbee2mqtt" => Zigbee2Mqtt.DeviceOf(topic) + "/#",
            "tasmota" when levels is ["tele" or "stat", _, ..] => Upto(levels.Length - 1, "+"),
            "tasmota" when Array.FindIndex(levels, level => level is "tele" or "stat") is > 0 and var at => Upto(at),
            "esphome" or "everything-presence-one" when Array.FindIndex(levels, level => level is "sensor" or "binary_sensor" or "status") is > 0 and var at => Upto(at),
            "shelly-gen1" when levels.Length > 2 => Upto(2),
            "shelly-gen2" when levels is ["shelly-blu", "events", _] => topic,
            "shelly-gen2" when Array.FindIndex(levels, level => level is "events" or "status" or "online") is > 0 and var at => Upto(at),
            "homie" when levels is ["homie", "5", _, ..] => Upto(3),
            "homie" when levels is ["homie", _, ..] => Upto(2),
            "ha-statestream" when levels.Length >= 4 => Upto(levels.Length - 1),
            "theengs" when !topic.EndsWith("/LWT", StringComparison.Ordinal) => topic,
            "ruuvi-gateway" => topic,
            "chirpstack" when levels is ["application", _, "device" or "node", _, ..] => Upto(4),
            "ttn" when levels is ["v3", _, "devices", _, ..] => Upto(4),
            _ => null,
        };

        string Upto(int count, string? first = null) => string.Join('/', levels.Take(count).Select((level, i) => i == 0 && first is not null ? first : level)) + "/#";
    }
}
