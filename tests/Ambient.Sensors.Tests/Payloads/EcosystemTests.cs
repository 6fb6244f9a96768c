using System.Globalization;
using System.Text;
using System.Text.Json;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>Messages as devices send them (tests/data/README.md tells where each is from), in file order as on one connection.</summary>
public sealed class EcosystemTests
{
    private static readonly string[] Lines = Read("messages.jsonl");
    private static readonly string[] All = [.. Lines, .. Read("messages-public.jsonl"), .. Read("messages-public-2.jsonl"), .. Read("messages-public-3.jsonl")];

    [Theory]
    [InlineData("messages.jsonl")]
    [InlineData("messages-public.jsonl")]
    [InlineData("messages-public-2.jsonl")]
    [InlineData("messages-public-3.jsonl")]
    public void Every_message_says_what_it_says_and_nothing_else(string file)
    {
        var decoders = new Dictionary<string, IPayloadDecoder>();
        var wrong = new List<string>();
        foreach (string line in Read(file))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            (IPayloadDecoder decoder, SensorMessage message) = Parse(json.RootElement, decoders);
            var readings = new List<Reading>();
            var problems = new List<string>();
            decoder.Decode(message, readings, problems);
            string[] expected = [.. json.RootElement.GetProperty("expect").EnumerateArray().Select(value => value.GetString()!).Order()];
            string[] actual = [.. readings.Select(reading => string.Create(CultureInfo.InvariantCulture, $"{Quantities.NameOf(reading.Quantity)} {Math.Round(reading.Value, 6)}")).Order()];
            bool wantsProblem = json.RootElement.TryGetProperty("expect_problem", out _);
            if (!expected.SequenceEqual(actual) || wantsProblem != problems.Count > 0) wrong.Add($"{message.Topic}: [{string.Join(", ", actual)}] and '{string.Join("; ", problems)}' from {line}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_ecosystem_of_the_catalogue_has_messages_here() =>
        Assert.Equal(
            PayloadCatalog.Names.Split(", ").Except(["generic"]),
            Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("ecosystem").GetString()!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Damaged_messages_never_throw_and_never_give_an_impossible_reading()
    {
        var random = new Random(5);
        var decoders = new Dictionary<string, IPayloadDecoder>();
        string[] nasty = ["null", "\"unavailable\"", "NaN", "1e999", "-1e308", "\"21,5\"", "65535", "{}", "[]", "\"\\ud800\"", "true", "\"\""];
        foreach (string line in All)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            (IPayloadDecoder decoder, SensorMessage good) = Parse(json.RootElement, decoders);
            for (int i = 0; i < 60; i++)
            {
                byte[] bad = i % 2 == 0 ? Flip(good.Payload.ToArray(), random) : Replace(good.Payload.ToArray(), nasty[random.Next(nasty.Length)], random);
                var readings = new List<Reading>();
                decoder.Decode(good with { Payload = bad }, readings, new List<string>());
                Assert.All(readings, reading => Assert.True(Quantities.CanBe(reading.Quantity, reading.Value)));
            }
        }
    }

    [Fact]
    public void A_retained_copy_never_gives_more_than_availability()
    {
        var decoders = new Dictionary<string, IPayloadDecoder>();
        foreach (string line in All)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            (IPayloadDecoder decoder, SensorMessage message) = Parse(json.RootElement, decoders);
            var readings = new List<Reading>();
            decoder.Decode(message with { IsRetained = true }, readings, new List<string>());
            Assert.All(readings, reading => Assert.Equal(Quantity.Available, reading.Quantity));
        }
    }

    [Fact]
    public void A_source_narrowed_to_the_device_of_a_message_still_hears_and_understands_it()
    {
        int narrowed = 0;
        foreach (string line in All)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            string ecosystem = json.RootElement.GetProperty("ecosystem").GetString()!;
            (_, SensorMessage message) = Parse(json.RootElement, []);
            if (DeviceTopic.Of(ecosystem, message.Topic) is not { } filter) continue;
            var (wide, narrow) = (new List<Reading>(), new List<Reading>());
            PayloadCatalog.Create(new SourceConfig { Ecosystem = ecosystem }).Decode(message, wide, new List<string>());
            var source = new SourceConfig { Ecosystem = ecosystem, Topic = filter };
            Assert.Empty(source.Problems());
            PayloadCatalog.Create(source).Decode(message, narrow, new List<string>());
            Assert.True(PayloadCatalog.TopicsOf(source).Any(topic => TopicFilter.Matches(topic, message.Topic)), $"{filter} does not match {message.Topic}");
            Assert.Equal(wide, narrow);
            if (wide.Count > 0) narrowed++;
        }

        Assert.InRange(narrowed, 100, 1_000);
    }

    private static (IPayloadDecoder Decoder, SensorMessage Message) Parse(JsonElement line, Dictionary<string, IPayloadDecoder> decoders)
    {
        string ecosystem = line.GetProperty("ecosystem").GetString()!;
        string key = line.TryGetProperty("mapping", out JsonElement mapping) ? ecosystem + mapping.GetRawText() : ecosystem;
        if (!decoders.TryGetValue(key, out IPayloadDecoder? decoder))
        {
            var source = new SourceConfig { Ecosystem = ecosystem, Mapping = mapping.ValueKind == JsonValueKind.Array ? SensorsConfig.ReadMapping(mapping) : [] };
            Assert.Empty(source.Problems());
            decoders[key] = decoder = PayloadCatalog.Create(source);
        }

        byte[] payload = line.TryGetProperty("payload_b64", out JsonElement base64) ? base64.GetBytesFromBase64() : Encoding.UTF8.GetBytes(line.GetProperty("payload").GetString()!);
        bool isRetained = line.TryGetProperty("retain", out _);
        return (decoder, new SensorMessage(line.GetProperty("topic").GetString()!, payload, isRetained, Some.Noon));
    }

    private static string[] Read(string file) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", file));

    private static byte[] Flip(byte[] bytes, Random random)
    {
        if (bytes.Length == 0) return bytes;
        for (int i = random.Next(1, 5); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    // Puts something nasty where a value stands, so that the rest is still JSON.
    private static byte[] Replace(byte[] bytes, string nasty, Random random)
    {
        string text = Encoding.UTF8.GetString(bytes);
        int[] colons = [.. Enumerable.Range(0, text.Length).Where(at => text[at] == ':')];
        if (colons.Length == 0) return Encoding.UTF8.GetBytes(nasty.Trim('"'));
        int start = colons[random.Next(colons.Length)] + 1;
        int end = text.AsSpan(start).IndexOfAny(',', '}');
        return Encoding.UTF8.GetBytes(end < 0 ? text[..start] + nasty : text[..start] + nasty + text[(start + end)..]);
    }
}
