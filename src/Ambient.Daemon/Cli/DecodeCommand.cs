using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ambient.Sensors;
using Ambient.Sensors.Payloads;

namespace Ambient.Daemon.Cli;

/// <summary><c>decode FILE.jsonl</c>: what readings the daemon would make of MQTT messages, without a broker.</summary>
/// <remarks>Each line <c>{"ecosystem","topic","payload" or "payload_b64","retain","mapping","time"}</c> gives a line <c>{"readings":[…],"problems":[…]}</c>.</remarks>
public static class DecodeCommand
{
    /// <summary>Writes °C as °C: nobody puts these lines into a web page.</summary>
    private static readonly DecodeJson Readable = new(new JsonSerializerOptions(DecodeJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Messages, one JSON object a line." };
        var json = new Option<bool>("--json") { Description = "Accepted like everywhere; every line is JSON anyway." };
        var command = new Command("decode", "Show what readings MQTT messages give, without a broker.") { file, json };
        command.SetAction(parsed => Decode(parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Decode(FileInfo file)
    {
        // In file order and with the same decoders throughout, as on one connection.
        var decoders = new Dictionary<string, IPayloadDecoder>(StringComparer.Ordinal);
        int number = 0, exitCode = ExitCodes.Good;
        foreach (string text in LinesOf(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            Answer answer;
            try
            {
                answer = AnswerTo(text, $"{file}, line {number}", decoders);
            }
            catch (CliException problem)
            {
                // One line that asks for the impossible must not cost the others.
                Console.Error.WriteLine(problem.Message);
                (answer, exitCode) = (new Answer([], [problem.Message]), problem.ExitCode);
            }

            Console.WriteLine(JsonSerializer.Serialize(answer, Readable.Answer));
        }

        return exitCode;
    }

    private static IEnumerable<string> LinesOf(FileInfo file)
    {
        try
        {
            return File.ReadLines(file.FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, problem.Message);
        }
    }

    private static Answer AnswerTo(string text, string place, Dictionary<string, IPayloadDecoder> decoders)
    {
        var readings = new List<Reading>();
        var problems = new List<string>();
        Line line;
        SensorMessage message;
        try
        {
            line = JsonSerializer.Deserialize(text, DecodeJson.Default.Line) ?? new Line();
            message = new SensorMessage(line.Topic, PayloadOf(line), line.Retain, line.Time ?? DateTimeOffset.UnixEpoch);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return new Answer([], [$"the line is no message: {problem.Message}"]);
        }

        DecoderOf(line, place, decoders).Decode(message, readings, problems);
        if (message.IsRetained && readings.Count == 0 && problems.Count == 0)
            problems.Add("retained: nobody knows how old it is, so it gives no reading");
        return new Answer([.. readings.Select(reading => new AnswerReading(Quantities.NameOf(reading.Quantity), ValueOf(reading), Quantities.UnitOf(reading.Quantity)))], problems);
    }

    private static byte[] PayloadOf(Line line) => line switch
    {
        { PayloadB64: { } base64 } => Convert.FromBase64String(base64),
        { Payload: JsonValue value } when value.TryGetValue(out string? text) => Encoding.UTF8.GetBytes(text),
        { Payload: { } json } => Encoding.UTF8.GetBytes(json.ToJsonString()),
        _ => [],
    };

    private static IPayloadDecoder DecoderOf(Line line, string place, Dictionary<string, IPayloadDecoder> decoders)
    {
        string key = $"{line.Ecosystem} {line.Mapping}";
        if (decoders.TryGetValue(key, out IPayloadDecoder? decoder)) return decoder;
        try
        {
            IReadOnlyList<GenericMapping> mapping = line.Mapping is { } given ? SensorsConfig.ReadMapping(given) : [];
            var source = new SourceConfig { Ecosystem = line.Ecosystem, Mapping = mapping };
            string problems = string.Join("; ", source.Problems());
            if (problems.Length > 0) throw new CliException(ExitCodes.Usage, $"{place}: {problems}.");
            return decoders[key] = PayloadCatalog.Create(source);
        }
        catch (JsonException problem)
        {
            throw new CliException(ExitCodes.Usage, $"{place}: mapping: {problem.Message}");
        }
    }

    private static JsonValue ValueOf(Reading reading) => reading.Quantity switch
    {
        Quantity.Contact => JsonValue.Create(reading.Value > 0.5 ? "open" : "closed"),
        _ when Quantities.IsBinary(reading.Quantity) => JsonValue.Create(reading.Value > 0.5),
        // Conversion leaves crumbs such as 20.000000000000004.
        _ => JsonValue.Create(Math.Round(reading.Value, 9)),
    };

    /// <summary>A line of the file. Plain setters: generated code would overwrite the defaults of init-only ones.</summary>
    internal sealed record Line
    {
        public string Ecosystem { get; set; } = "";

        public string Topic { get; set; } = "";

        public JsonNode? Payload { get; set; }

        [JsonPropertyName("payload_b64")]
        public string? PayloadB64 { get; set; }

        public bool Retain { get; set; }

        public JsonElement? Mapping { get; set; }

        /// <summary>When it arrived; tells what is stale by its own time. Without it nothing is.</summary>
        public DateTimeOffset? Time { get; set; }
    }

    /// <summary>The answer to a line.</summary>
    internal sealed record Answer(IReadOnlyList<AnswerReading> Readings, IReadOnlyList<string> Problems);

    /// <summary>A reading: yes/no as true and false, contacts as open and closed.</summary>
    internal sealed record AnswerReading(string Quantity, JsonValue Value, string Unit);
}

/// <summary>Generated JSON code of <c>decode</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DecodeCommand.Line))]
[JsonSerializable(typeof(DecodeCommand.Answer))]
internal sealed partial class DecodeJson : JsonSerializerContext;
