using System.Globalization;
using System.Net;
using System.Text;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Daemon.Cli;
using Ambient.Synth.Metering;

namespace Ambient.Daemon.Reports;

/// <summary>A render as one HTML page that needs nothing beside it: notes, loudness, spectrogram and the judge's findings.</summary>
internal static class RenderReport
{
    private const int Width = 1_100;
    private const int RollHeight = 300, LoudnessHeight = 140, BandHeight = 8;
    private const int LowestPitch = 28, HighestPitch = 96;
    private const double LowestLufs = -60, HighestLufs = -10;
    private const double DarkestDb = -90, BrightestDb = -25;

    private static readonly string[] Colours = ["#3b6ea5", "#c8553d", "#588157", "#8d6a9f", "#b08d2e", "#2a9d8f", "#d67ab1", "#6b705c", "#e07a1f", "#5e60ce"];

    /// <summary>The page.</summary>
    public static string Of(string title, Judgement judgement, ProgrammeMeter meter, IReadOnlyList<MidiNote> notes)
    {
        double seconds = judgement.Seconds;
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>{{WebUtility.HtmlEncode(title)}}</title>
            <style>body{font:14px system-ui,sans-serif;max-width:{{Width}}px;margin:2em auto;color:#222}svg,img{display:block;width:100%;background:#fafafa;border:1px solid #ddd}
            img{image-rendering:pixelated;height:{{BarkBands.Count * BandHeight}}px}table{border-collapse:collapse;margin-top:1em}td,th{padding:.15em .9em .15em 0;text-align:left}td.n{text-align:right;font-variant-numeric:tabular-nums}
            .warn{color:#9a6700}.fail{color:#b00020;font-weight:bold}.pass{color:#2b7a3d}h2{font-size:1em;margin:1.4em 0 .3em}text{font-size:11px;fill:#666}</style>
            <h1>{{WebUtility.HtmlEncode(title)}}</h1><p>{{judgement.Passed}} measures pass, {{judgement.Warned}} warn, {{judgement.Failed}} fail.</p>
            """);
        page.Append("<h2>Notes</h2>").Append(Roll(notes, seconds));
        page.Append("<h2>Loudness, LUFS: short-term, and momentary behind it</h2>").Append(Loudness(meter.Loudness, seconds));
        page.Append("<h2>24 critical bands, 20 Hz (below) to 15.5 kHz</h2><img alt=\"spectrogram\" src=\"data:image/png;base64,").Append(Convert.ToBase64String(Spectrogram(meter.Spectra))).Append("\">");
        page.Append("<h2>Measures</h2><table><tr><th>measure<th>value<th>target<th>verdict<th></tr>");
        foreach (Finding finding in judgement.Findings)
        {
            string verdict = finding.Verdict.ToString().ToLowerInvariant();
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{WebUtility.HtmlEncode(finding.Measure)}<td class=n>{finding.Value:0.00}<td>{finding.Target}<td class={verdict}>{verdict}<td>{WebUtility.HtmlEncode(finding.Note)}</tr>");
        }

        return page.Append("</table><p>Targets are judgement, not law; nobody has listened. See docs/moods-measured.md.</p></html>\n").ToString();
    }

    private static StringBuilder Roll(IReadOnlyList<MidiNote> notes, double seconds)
    {
        var svg = Begin(RollHeight);
        double height = (double)RollHeight / (HighestPitch - LowestPitch);
        for (int c = 36; c < HighestPitch; c += 12) svg.Append(CultureInfo.InvariantCulture, $"<line x1=0 x2={Width} y1={Y(c):0} y2={Y(c):0} stroke=#e4e4e4 /><text x=2 y={Y(c) - 2:0}>C{(c / 12) - 1}</text>");
        string[] tracks = [.. notes.Select(note => note.Track).Distinct()];
        foreach (MidiNote note in notes)
        {
            string colour = Colours[Array.IndexOf(tracks, note.Track) % Colours.Length];
            double left = note.Start / seconds * Width, width = Math.Max(1.5, (Math.Min(note.End, seconds) - note.Start) / seconds * Width);
            svg.Append(CultureInfo.InvariantCulture, $"<rect x={left:0.0} y={Y(note.Pitch) - height:0.0} width={width:0.0} height={height:0.0} fill={colour} fill-opacity={0.3 + (0.7 * note.Velocity / 127):0.00} />");
        }

        for (int i = 0; i < tracks.Length; i++) svg.Append(CultureInfo.InvariantCulture, $"<text x={40 + (90 * i)} y=12 style=\"fill:{Colours[i % Colours.Length]}\">{WebUtility.HtmlEncode(tracks[i])}</text>");
        return Minutes(svg, seconds, RollHeight).Append("</svg>");

        double Y(int pitch) => (HighestPitch - pitch) * height;
    }

    private static StringBuilder Loudness(LoudnessCurve curve, double seconds)
    {
        var svg = Begin(LoudnessHeight);
        for (int lufs = -50; lufs < HighestLufs; lufs += 10) svg.Append(CultureInfo.InvariantCulture, $"<line x1=0 x2={Width} y1={Y(lufs):0} y2={Y(lufs):0} stroke=#e4e4e4 /><text x=2 y={Y(lufs) - 2:0}>{lufs}</text>");
        Line(curve.Momentary, "#c9d6e4");
        Line(curve.ShortTerm, "#3b6ea5");
        return Minutes(svg, seconds, LoudnessHeight).Append("</svg>");

        double Y(double lufs) => (HighestLufs - Math.Clamp(lufs, LowestLufs, HighestLufs)) / (HighestLufs - LowestLufs) * LoudnessHeight;

        void Line(double[] values, string colour)
        {
            int step = Math.Max(1, values.Length / (2 * Width));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=none stroke={colour} points=\"");
            for (int i = 0; i < values.Length; i += step) svg.Append(CultureInfo.InvariantCulture, $"{(double)i / values.Length * Width:0.0},{Y(values[i]):0.0} ");
            svg.Append("\"/>");
        }
    }

    private static byte[] Spectrogram(SpectrumMeter spectra)
    {
        int width = Math.Clamp(spectra.Count, 1, Width);
        byte[] rgb = new byte[BarkBands.Count * width * 3];
        for (int column = 0; column < width; column++)
        {
            int from = (int)((long)column * spectra.Count / width), to = (int)((long)(column + 1) * spectra.Count / width);
            for (int band = 0; band < BarkBands.Count; band++)
            {
                double power = 0;
                for (int at = from; at < to; at++) power += spectra.Band(at, band) / (to - from);
                double light = Math.Clamp(((10 * Math.Log10(power + 1e-12)) - DarkestDb) / (BrightestDb - DarkestDb), 0, 1);
                int pixel = (((BarkBands.Count - 1 - band) * width) + column) * 3;
                rgb[pixel] = (byte)(255 * Math.Clamp(1.6 * light - 0.3, 0, 1));
                rgb[pixel + 1] = (byte)(255 * Math.Clamp(1.8 * light - 0.8, 0, 1));
                rgb[pixel + 2] = (byte)(255 * Math.Clamp(light < 0.5 ? 1.4 * light : 1.4 - (1.4 * light), 0.05, 1));
            }
        }

        return PngImage.Write(rgb, width, BarkBands.Count);
    }

    private static StringBuilder Begin(int height) => new StringBuilder().Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">");

    private static StringBuilder Minutes(StringBuilder svg, double seconds, int height)
    {
        double step = seconds > 3_600 ? 600 : seconds > 300 ? 60 : 10;
        for (double at = step; at < seconds; at += step)
        {
            double x = at / seconds * Width;
            svg.Append(CultureInfo.InvariantCulture, $"<line x1={x:0} x2={x:0} y1={height - 6} y2={height} stroke=#999 /><text x={x + 2:0} y={height - 2}>{TimeSpan.FromSeconds(at):h\\:mm\\:ss}</text>");
        }

        return svg;
    }
}
