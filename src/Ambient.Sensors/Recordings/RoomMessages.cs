using System.Globalization;
using System.Text;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Recordings;

/// <summary>A recorded room as the MQTT messages of devices that one can buy: lets a recorded day be played into a broker.</summary>
public static class RoomMessages
{
    /// <summary>What reads <see cref="Of"/>: zigbee2mqtt out of the box, and a mapping for the microphones, whose topic no ecosystem knows.</summary>
    public static IReadOnlyList<SourceConfig> Sources { get; } =
    [
        new SourceConfig(),
        new SourceConfig
        {
            Ecosystem = "generic",
            Mapping = [new GenericMapping { Topic = "building/room/+/sound", Path = "$.millivolts", Quantity = "sound", Unit = "V", Scale = 0.001 }],
        },
    ];

    /// <summary>The messages of one row, in the order of its readings. Labels give none.</summary>
    /// <param name="row">Readings of one moment.</param>
    /// <returns>Topic, and payload as UTF-8 JSON.</returns>
    public static IEnumerable<(string Topic, byte[] Payload)> Of(IReadOnlyList<Reading> row)
    {
        foreach (Reading reading in row)
            if (MessageOf(reading) is var (topic, json))
                yield return (topic, Encoding.UTF8.GetBytes(json));
    }

    private static (string Topic, string Json)? MessageOf(Reading reading)
    {
        string sensor = reading.Sensor.ToLowerInvariant();
        string yesOrNo = reading.Value > 0.5 ? "true" : "false";
        string number = reading.Value.ToString(CultureInfo.InvariantCulture);
        return reading.Quantity switch
        {
            Quantity.Motion or Quantity.Occupancy => ($"zigbee2mqtt/pir-{sensor}", $$"""{"battery":97,"linkquality":120,"occupancy":{{yesOrNo}}}"""),
            Quantity.Presence => ($"zigbee2mqtt/radar-{sensor}", $$"""{"linkquality":140,"presence":{{yesOrNo}}}"""),
            Quantity.Illuminance => ($"zigbee2mqtt/light-{sensor}", $$"""{"battery":88,"illuminance":{{number}},"linkquality":98}"""),
            Quantity.Co2 => ($"zigbee2mqtt/air-{sensor}", $$"""{"co2":{{number}},"linkquality":156,"voc":35}"""),
            Quantity.Temperature => ($"zigbee2mqtt/climate-{sensor}", $$"""{"battery":91,"linkquality":104,"temperature":{{number}}}"""),
            Quantity.Humidity => ($"zigbee2mqtt/climate-{sensor}", $$"""{"battery":91,"humidity":{{number}},"linkquality":104}"""),
            Quantity.Noise => ($"zigbee2mqtt/noise-{sensor}", $$"""{"linkquality":110,"noise":{{number}}}"""),
            Quantity.Sound => ($"building/room/{sensor}/sound", $$"""{"millivolts":{{(reading.Value * 1_000).ToString(CultureInfo.InvariantCulture)}}}"""),
            _ => null,
        };
    }
}
