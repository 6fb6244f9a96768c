using System.Globalization;
using System.Net;
using System.Text;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Cli;

/// <summary>The page of <c>replay --report</c>: a row of pictures, one a day, without scripts or anything from elsewhere.</summary>
internal static class ReplayPage
{
    private const int Width = 960;
    private const int Height = 90;

    /// <summary>The page.</summary>
    public static string Of(ReplayCommand.Report report, IReadOnlyList<ReplayedMoment> moments)
    {
        var html = new StringBuilder("<!doctype html><meta charset=utf-8><title>Ambient: replay</title><style>body{font:15px system-ui;margin:2em auto;max-width:62em}svg{background:#f4f4f2;display:block}td,th{padding:.1em .8em;text-align:right}</style>");
        html.Append(CultureInfo.InvariantCulture, $"<h1>{WebUtility.HtmlEncode(report.File)}</h1><p>{report.Rows} rows");
        if (report.Masked.Count > 0) html.Append(CultureInfo.InvariantCulture, $", without {WebUtility.HtmlEncode(string.Join(", ", report.Masked))}");
        if (report.LeaveOneDayOut) html.Append(", each day by a calibration on the others");
        if (report.Accuracy is { } accuracy) html.Append(CultureInfo.InvariantCulture, $"; accuracy {accuracy:0.0000}, F1 {report.F1 ?? double.NaN:0.0000}");
        html.Append(CultureInfo.InvariantCulture, $"</p><table><tr><th><th>said occupied<th>said empty<tr><th>labelled occupied<td>{report.Confusion.TruePositive}<td>{report.Confusion.FalseNegative}<tr><th>labelled empty<td>{report.Confusion.FalsePositive}<td>{report.Confusion.TrueNegative}</table>");
        html.Append("<p>Blue: how probable somebody is there. Green below: labelled occupied. Black: said occupied. Red: wrong.</p>");
        foreach (IGrouping<DateTime, ReplayedMoment> day in moments.GroupBy(moment => moment.Time.Date)) Draw(html, day.Key, [.. day]);
        html.Append("<h2>Faults</h2><ul>");
        foreach (SensorFault fault in report.Faults) html.Append(CultureInfo.InvariantCulture, $"<li>{fault.Since:yyyy-MM-dd HH:mm} {WebUtility.HtmlEncode(fault.Text)}");
        return html.Append(report.Faults.Count == 0 ? "<li>none</ul>\n" : "</ul>\n").ToString();
    }

    private static void Draw(StringBuilder html, DateTime day, ReplayedMoment[] moments)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{day:yyyy-MM-dd}</h2><svg width={Width} height={Height + 40}><polyline fill=none stroke=#26c points='");
        foreach (ReplayedMoment moment in moments) html.Append(CultureInfo.InvariantCulture, $"{X(moment):0.0},{Height * (1 - moment.Occupancy):0.0} ");
        html.Append("'/>");
        Band(html, moments, moment => moment.Label == true, Height + 4, "#3a3");
        Band(html, moments, moment => moment.IsOccupied, Height + 12, "#222");
        Band(html, moments, moment => moment.Label is { } label && label != moment.IsOccupied, Height + 20, "#d22");
        for (int hour = 0; hour < 24; hour += 3) html.Append(CultureInfo.InvariantCulture, $"<text x={Width * hour / 24} y={Height + 38} font-size=10>{hour:00}:00</text>");
        html.Append("</svg>");
    }

    /// <summary>One bar for each stretch in which something holds.</summary>
    private static void Band(StringBuilder html, ReplayedMoment[] moments, Func<ReplayedMoment, bool> holds, int y, string colour)
    {
        for (int start = 0; start < moments.Length; start++)
        {
            if (!holds(moments[start])) continue;
            int end = start;
            while (end + 1 < moments.Length && holds(moments[end + 1])) end++;
            html.Append(CultureInfo.InvariantCulture, $"<rect x={X(moments[start]):0.0} y={y} width={Math.Max(1, X(moments[end]) - X(moments[start])):0.0} height=6 fill={colour} />");
            start = end;
        }
    }

    private static double X(ReplayedMoment moment) => Width * moment.Time.TimeOfDay.TotalDays;
}
