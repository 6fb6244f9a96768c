using System.Globalization;
using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Recordings;

/// <summary>Writes what <see cref="AmbientTrace"/> reads: readings as they come, and of each context only what has changed, so that a quiet room costs one short line a second.</summary>
/// <param name="text">Receives the lines.</param>
internal sealed class TraceWriter(TextWriter text)
{
    /// <summary>A sensor knows no more.</summary>
    private const int ContextDecimals = 4;

    private readonly double?[] _before = new double?[ContextFeatures.All.Count];
    private bool _hasHeader;

    /// <summary>A reading that fusion was given.</summary>
    public void Write(in Reading reading)
    {
        string unit = reading.IsRepeat ? AmbientTrace.Repeat : Quantities.UnitOf(reading.Quantity);
        Line(reading.Time, Safe(reading.Sensor), reading.Quantity, reading.Value, unit);
    }

    /// <summary>What fusion made of everything written so far; its time is written even if nothing changed.</summary>
    public void Write(ContextVector context)
    {
        for (int i = 0; i < _before.Length; i++)
        {
            ContextFeature feature = ContextFeatures.All[i];
            double? value = feature.Value(context) is { } known ? Math.Round(known, ContextDecimals) : null;
            if (value is not { } number || (i > 0 && number == _before[i])) continue;
            _before[i] = number;
            Line(context.Time, feature.Name, Quantity.Context, number, "");
        }
    }

    private void Line(DateTimeOffset time, string sensor, Quantity quantity, double value, string unit)
    {
        if (!_hasHeader) text.Write(AmbientTrace.Header + "\n");
        _hasHeader = true;
        text.Write(string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.FFFFFFFK},{sensor},{Quantities.NameOf(quantity)},{value},{unit}\n"));
    }

    /// <summary>Topics may hold what would break a line.</summary>
    private static string Safe(string sensor) =>
        sensor.AsSpan().IndexOfAny(",\"\r\n") < 0 ? sensor : string.Concat(sensor.Select(c => c is ',' or '"' or '\r' or '\n' ? '_' : c));
}
