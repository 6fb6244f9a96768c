using System.Text.Json;
using Ambient.Sensors.Recordings;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>Reads what <see cref="ScoreLog"/> wrote and hands the events out again, in their order and no sooner than they were.</summary>
internal sealed class ScoreLogReader
{
    private const int Fields = 10;
    private const int ToneFields = 5;

    private readonly Queue<ScoreEvent> _events = new();
    private ScorePart? _part; // of the file read last
    private long _firstFrame;
    private long _settled;
    private long? _end;

    /// <summary>Reads a log.</summary>
    /// <param name="paths">Its files in their order; plain or, with the ending <c>.gz</c>, compressed.</param>
    /// <exception cref="IOException">One can't be read.</exception>
    /// <exception cref="InvalidDataException">One is no score log, or not the one that follows; names file and line.</exception>
    public ScoreLogReader(params IReadOnlyList<string> paths)
    {
        for (int i = 0; i < paths.Count; i++) Read(paths[i], isFirst: i == 0);
        if (_end is { } end) Seconds = (int)((end - _firstFrame + SynthEngine.SampleRateHz - 1) / SynthEngine.SampleRateHz);
        EndExact(_end ?? _firstFrame + (long)Seconds * SynthEngine.SampleRateHz, _end is null ? "the log ends there" : "the daemon ended there");
    }

    /// <summary>Who played it.</summary>
    public ScoreEngine Engine { get; private set; } = new(0, new ToneSettings());

    /// <summary>How long it played, whole seconds begun.</summary>
    public int Seconds { get; private set; }

    /// <summary>Frames that a replay has exactly as they were.</summary>
    public long ExactFrames { get; private set; } = long.MaxValue;

    /// <summary>Why no more than that.</summary>
    public string ExactBecause { get; private set; } = "";

    /// <summary>Hands over all events before a frame; those for which there is no room wait.</summary>
    public void MoveTo(long untilFrame, IScoreSink sink)
    {
        while (_events.TryPeek(out ScoreEvent next) && next.Frame < untilFrame && sink.TryAdd(next)) _events.Dequeue();
    }

    private void Read(string path, bool isFirst)
    {
        int number = 0;
        bool isClosed = false;
        string? broken = null;
        foreach (string line in Recording.LinesOf(path))
        {
            if (broken is not null) break; // only the last line may be half of one
            number++;
            try
            {
                using JsonDocument json = JsonDocument.Parse(line);
                if (number == 1) Begin(path, json.RootElement, isFirst);
                else isClosed |= Take(json.RootElement);
            }
            catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
            {
                broken = $"{path}:{number} is no line of a score log: {wrong.Message}";
                if (number == 1 || _part is null || wrong is not JsonException) throw new InvalidDataException(broken);
            }
        }

        if (number == 0) throw new InvalidDataException($"{path} is empty.");
        if (_part is not null && !isClosed) EndExact(_settled, $"{path} breaks off");
    }

    private void Begin(string path, JsonElement header, bool isFirst)
    {
        var engine = new ScoreEngine(header.GetProperty("engine_seed").GetUInt32(), header.TryGetProperty("tone", out JsonElement tone) ? Tone(tone) : new ToneSettings());
        ScorePart? part = header.TryGetProperty("run", out JsonElement run) ? new(run.GetString()!, header.GetProperty("part").GetInt32(), header.GetProperty("frame").GetInt64()) : null;
        if (!isFirst && (_part is null || part is null || part.Run != _part.Run || part.Number != _part.Number + 1 || engine != Engine))
            throw new InvalidDataException($"{path} is {Named(part)}, which does not follow {Named(_part)}; allowed: the files of one run, in their order");
        (_part, Engine) = (part, engine);
        if (!isFirst || part is null or { Number: 0 }) return;
        (_firstFrame, _settled) = (part.FirstFrame, part.FirstFrame);
        EndExact(_firstFrame, $"{path} is {Named(part)}: what came before it is missing");
    }

    /// <returns>Whether it is the last line of a file.</returns>
    private bool Take(JsonElement line)
    {
        if (line.TryGetProperty("e", out JsonElement fields)) _events.Enqueue(Event(fields));
        else if (line.TryGetProperty("state", out JsonElement state) && ExactFrames != long.MaxValue) _events.Enqueue(Event(state));
        else if (line.TryGetProperty("second", out JsonElement second))
        {
            Seconds = (int)(second.GetInt64() + 1 - _firstFrame / SynthEngine.SampleRateHz);
            if (line.TryGetProperty("frame", out JsonElement frame)) _settled = frame.GetInt64();
        }
        else if (line.TryGetProperty("gap", out JsonElement gap)) EndExact(gap.GetProperty("frame").GetInt64(), $"{gap.GetProperty("lines").GetInt64()} lines are missing there: {gap.GetProperty("reason").GetString()}");
        else if (line.TryGetProperty("late", out JsonElement late)) EndExact(line.GetProperty("frame").GetInt64(), $"{late.GetInt64()} events came too late for their frames");
        else if (line.TryGetProperty("end", out JsonElement end)) _end = end.GetInt64();
        else return line.TryGetProperty("next", out _);
        return _end is not null;
    }

    private void EndExact(long frame, string because)
    {
        long frames = Math.Max(0, frame - _firstFrame);
        if (frames < ExactFrames) (ExactFrames, ExactBecause) = (frames, because);
    }

    private static string Named(ScorePart? part) => part is null ? "a log of its own" : $"part {part.Number} of the run {part.Run}";

    private static ToneSettings Tone(JsonElement fields)
    {
        if (fields.GetArrayLength() != ToneFields) throw new FormatException($"a tone has {ToneFields} numbers");
        return new ToneSettings(fields[0].GetInt32(), fields[1].GetInt32(), fields[2].GetInt32(), fields[3].GetInt32(), fields[4].GetInt32());
    }

    private ScoreEvent Event(JsonElement fields)
    {
        if (fields.GetArrayLength() != Fields) throw new FormatException($"an event has {Fields} numbers");
        return new ScoreEvent
        {
            Frame = Math.Max(0, fields[0].GetInt64() - _firstFrame),
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
