using System.Text.Json;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>Reads what <see cref="ScoreLog"/> wrote and hands the events out again, in their order and no sooner than they were.</summary>
internal sealed class ScoreLogReader
{
    private const int Fields = 10;

    private readonly Queue<ScoreEvent> _events = new();

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="InvalidDataException">It is no score log; names the line.</exception>
    public ScoreLogReader(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (number == 1) EngineSeed = json.RootElement.GetProperty("engine_seed").GetUInt32();
                else if (json.RootElement.TryGetProperty("e", out JsonElement fields)) _events.Enqueue(Event(fields));
                else if (json.RootElement.TryGetProperty("second", out JsonElement second)) Seconds = second.GetInt32() + 1;
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                throw new InvalidDataException($"{path}:{number} is no line of a score log: {wrong.Message}");
            }
        }

        if (number == 0) throw new InvalidDataException($"{path} is empty.");
    }

    /// <summary>Seed of the synthesiser that played it.</summary>
    public uint EngineSeed { get; }

    /// <summary>How long it played, whole seconds begun.</summary>
    public int Seconds { get; }

    /// <summary>Hands over all events before a frame; those for which there is no room wait.</summary>
    public void MoveTo(long untilFrame, IScoreSink sink)
    {
        while (_events.TryPeek(out ScoreEvent next) && next.Frame < untilFrame && sink.TryAdd(next)) _events.Dequeue();
    }

    private static ScoreEvent Event(JsonElement fields)
    {
        if (fields.GetArrayLength() != Fields) throw new FormatException($"an event has {Fields} numbers");
        return new ScoreEvent
        {
            Frame = fields[0].GetInt64(),
            Kind = (ScoreEventKind)fields[1].GetByte(),
            Instrument = fields[2].GetByte(),
            NoteId = fields[3].GetInt32(),
            PitchCents = fields[4].GetInt32(),
            ValueQ15 = fields[5].GetInt32(),
            PanQ15 = fields[6].GetInt16(),
            Parameter = (SynthParameter)fields[7].GetInt32(),
            RampFrames = fields[8].GetInt32(),
            Epoch = fields[9].GetInt32(),
        };
    }
}
