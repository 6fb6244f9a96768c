using System.Globalization;
using System.Text.Json;
using Ambient.Composer;
using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Daemon.Room;

/// <summary>The lines of a score log, as docs/model.md has them.</summary>
internal static class ScoreText
{
    /// <summary>First line of a log, or of a file of one.</summary>
    /// <param name="engine">What a replay needs to make the same synthesiser.</param>
    /// <param name="part">Which file of which run it is; null for a log in one file.</param>
    public static string Header(ScoreEngine engine, ScorePart? part)
    {
        ToneSettings tone = engine.Tone;
        string instruments = string.Join(",", InstrumentCatalog.Names.Select(name => $"\"{name}\""));
        string file = part is null ? "" : Line($",\"run\":{Quoted(part.Run)},\"part\":{part.Number},\"frame\":{part.FirstFrame}");
        return Line($"{{\"ambient_score\":1,\"engine_seed\":{engine.Seed},\"rate\":{SynthEngine.SampleRateHz},\"instruments\":[{instruments}],\"tone\":[{tone.LowDb},{tone.HighDb},{tone.BellDb},{tone.BellHz},{tone.BellQ}]{file}}}");
    }

    /// <summary>An event that was handed over (<c>e</c>), or a parameter as it stands where a file begins (<c>state</c>).</summary>
    public static string Event(string name, in ScoreEvent scoreEvent)
    {
        ScoreEvent e = scoreEvent;
        return Line($"{{\"{name}\":[{e.Frame},{(int)e.Kind},{e.Instrument},{e.NoteId},{e.PitchCents},{e.ValueQ15},{e.PanQ15},{(int)e.Parameter},{e.RampFrames},{e.Epoch}]}}");
    }

    /// <summary>What was composed.</summary>
    public static string Composed(ComposedFrame frame) =>
        Line($"{{\"frame\":{frame.Frame},\"tokens\":[{frame.Soprano},{frame.Alto},{frame.Tenor},{frame.Bass}],\"chord\":{Text(frame.IsChordChange)},\"network\":{Text(frame.IsByModel)}}}");

    /// <summary>Why rules compose from here on; null: the network is back.</summary>
    public static string Fault(long frame, string? fault) => Line($"{{\"frame\":{frame},\"fault\":{(fault is null ? "null" : Quoted(fault))}}}");

    /// <summary>Lines are missing here.</summary>
    public static string Gap(ScoreGap gap) => Line($"{{\"gap\":{{\"frame\":{gap.Frame},\"lines\":{gap.Lines},\"reason\":{Quoted(gap.Reason)}}}}}");

    /// <summary>Events came too late for their frames, and were played later than they say.</summary>
    public static string Late(long frame, long events) => Line($"{{\"frame\":{frame},\"late\":{events}}}");

    /// <summary>Last line of a file that goes on in another.</summary>
    public static string Next(int part) => Line($"{{\"next\":{part}}}");

    /// <summary>Last line of a run: so many frames were rendered.</summary>
    public static string End(long frames) => Line($"{{\"end\":{frames}}}");

    private static string Text(bool value) => value ? "true" : "false";

    private static string Quoted(string text) => JsonSerializer.Serialize(text, ScoreLogJson.Default.String);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
