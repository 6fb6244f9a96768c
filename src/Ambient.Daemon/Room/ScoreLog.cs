using System.Globalization;
using System.Text;
using System.Text.Json;
using Ambient.Composer;
using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Daemon.Room;

/// <summary>Writes down everything that was played, in lines of JSON: what was composed and by whom, where the form stood, and every event, which replays to the same samples on any machine.</summary>
/// <remarks>Composer thread. About 2 kB a second of music.</remarks>
internal sealed class ScoreLog : IScoreSink, IDisposable
{
    private readonly StreamWriter _file;
    private readonly IScoreSink _next;
    private string? _fault;
    private long _second = -1;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where; what was there is replaced.</param>
    /// <param name="engineSeed">Seed of the synthesiser, which a replay needs.</param>
    /// <param name="conductor">Who composes.</param>
    /// <param name="next">Who plays what is written down.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public ScoreLog(string path, uint engineSeed, Conductor conductor, IScoreSink next)
    {
        _next = next;
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        string instruments = string.Join(",", InstrumentCatalog.Names.Select(name => $"\"{name}\""));
        Line($"{{\"ambient_score\":1,\"engine_seed\":{engineSeed},\"rate\":{SynthEngine.SampleRateHz},\"instruments\":[{instruments}]}}");
        conductor.Composed += Write;
    }

    /// <summary>Says which model composes, once whenever it changes, and once a second where the form stands.</summary>
    /// <param name="frame">Now.</param>
    /// <param name="conductor">Who composes.</param>
    /// <param name="fault">Why rules compose; null while the network does.</param>
    public void Note(long frame, Conductor conductor, string? fault)
    {
        if (fault != _fault)
        {
            _fault = fault;
            Line($"{{\"frame\":{frame},\"fault\":{(fault is null ? "null" : JsonSerializer.Serialize(fault, ScoreLogJson.Default.String))}}}");
        }

        long second = frame / SynthEngine.SampleRateHz;
        if (second == _second) return;
        _second = second;
        ScoreStatus score = conductor.Score;
        MoodStatus mood = conductor.Mood;
        Line(JsonSerializer.Serialize(
            new ScoreLogStatus(second, mood.Sounding, mood.Target, score.Key, score.Chord, score.TempoBpm, score.OnsetsPerMinute, score.Section, score.Card, score.IsThin, score.Layers, conductor.Why.Text),
            ScoreLogJson.Default.ScoreLogStatus));
    }

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        if (!_next.TryAdd(scoreEvent)) return false;
        ScoreEvent e = scoreEvent;
        Line($"{{\"e\":[{e.Frame},{(int)e.Kind},{e.Instrument},{e.NoteId},{e.PitchCents},{e.ValueQ15},{e.PanQ15},{(int)e.Parameter},{e.RampFrames},{e.Epoch}]}}");
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Write(ComposedFrame frame) =>
        Line($"{{\"frame\":{frame.Frame},\"tokens\":[{frame.Soprano},{frame.Alto},{frame.Tenor},{frame.Bass}],\"chord\":{Text(frame.IsChordChange)},\"network\":{Text(frame.IsByModel)}}}");

    private static string Text(bool value) => value ? "true" : "false";

    private void Line(FormattableString text) => _file.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => _file.WriteLine(text);
}
