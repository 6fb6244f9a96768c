using System.Collections.Concurrent;

namespace Ambient.Sensors.Payloads;

/// <summary>Eclipse Sparkplug B: <c>spBv1.0/&lt;group&gt;/&lt;type&gt;/&lt;node&gt;[/&lt;device&gt;]</c>, Protocol Buffers. Births name the metrics and their aliases, data may carry aliases alone.</summary>
/// <remarks>
/// An alias before its birth is unreadable and a problem. Historical metrics were measured long ago: no reading; nor is what by its own timestamp is older than a quarter of an hour, as a birth repeats it, or whose <c>Quality</c>
/// is not good (192). Unit and type stand in the birth alone. A node's birth forgets what the one before it said. Source: sparkplug.eclipse.org, specification 3.0, sections 6.4 and 4.
/// </remarks>
internal sealed class SparkplugB : IPayloadDecoder
{
    public static readonly string[] Topics = ["spBv1.0/#"];

    private const int MostBorn = 50_000;
    private const ulong Good = 192;

    private readonly ConcurrentDictionary<(string Node, ulong Alias), SparkplugMetric> _births = new();
    private readonly ConcurrentDictionary<(string Node, string Name), SparkplugMetric> _named = new(); // Name with the device before it

    /// <inheritdoc/>
    public string Ecosystem => "sparkplug-b";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        // spBv1.0/STATE/… is a host application's, in JSON.
        if (message.Topic.Split('/') is not [_, var group, var type, var node, .. var device] || device.Length > 1 || group == "STATE") return;
        string edge = $"{group}/{node}", sensor = device.Length == 1 ? $"{edge}/{device[0]}" : edge;
        var body = new MessageBody(message, readings, problems);
        switch (type)
        {
            case "NDEATH" or "DDEATH":
                body.Add(sensor, Quantity.Available, 0);
                break;
            case "NBIRTH" or "DBIRTH":
                if (type == "NBIRTH") Forget(edge);
                if (ReadMetrics(body, message, edge, sensor, isBirth: true)) body.Add(sensor, Quantity.Available, 1);
                break;
            case "NDATA" or "DDATA":
                ReadMetrics(body, message, edge, sensor, isBirth: false);
                break;
        }
    }

    private void Forget(string edge)
    {
        foreach (var key in _births.Keys)
            if (key.Node == edge) _births.TryRemove(key, out _);
        foreach (var key in _named.Keys)
            if (key.Node == edge) _named.TryRemove(key, out _);
    }

    private bool ReadMetrics(MessageBody body, in SensorMessage message, string edge, string sensor, bool isBirth)
    {
        if (message.Payload.Length > MessageBody.LargestPayloadBytes)
            return body.Problem($"payload has {message.Payload.Length} bytes; at most {MessageBody.LargestPayloadBytes} are read");
        if (SparkplugMetric.ReadAll(message.Payload.Span, out ulong milliseconds) is not { } metrics) return body.Problem("payload is no Sparkplug B protobuf");
        foreach (SparkplugMetric metric in metrics)
        {
            bool hasName = !string.IsNullOrEmpty(metric.Name);
            if (isBirth && hasName) NoteBirth(edge, sensor, metric);
            SparkplugMetric? birth = metric.Alias is { } alias && !hasName ? _births.GetValueOrDefault((edge, alias)) : _named.GetValueOrDefault((edge, $"{sensor}/{metric.Name}"));
            if ((hasName ? metric.Name : birth?.Name) is not { } name) body.Problem($"alias {metric.Alias} is not known: no birth was heard since this connection began");
            else ReadMetric(body, $"{sensor}/{name}", name, metric.BornAs(birth), metric.Milliseconds > 0 ? metric.Milliseconds : milliseconds);
        }

        return true;
    }

    private void NoteBirth(string edge, string sensor, SparkplugMetric metric)
    {
        if (metric.Alias is { } alias && (_births.Count < MostBorn || _births.ContainsKey((edge, alias)))) _births[(edge, alias)] = metric;
        var key = (edge, $"{sensor}/{metric.Name}");
        if (_named.Count < MostBorn || _named.ContainsKey(key)) _named[key] = metric;
    }

    private static void ReadMetric(MessageBody body, string sensor, string name, SparkplugMetric metric, ulong milliseconds)
    {
        if (metric.IsNull || metric.IsHistorical || metric.Text is null) return;
        // The folders count, too: "Properties/…" and "Node Control/…" measure nothing.
        bool? isYesOrNo = metric.IsBoolean ? true : null;
        bool saysOpen = name.EndsWith("Open", StringComparison.Ordinal) || name.EndsWith("_open", StringComparison.Ordinal);
        if (!QuantityNames.TryFind(name, isYesOrNo, out Quantity quantity)) return;
        if (metric.Quality is { } quality and not Good)
        {
            body.Problem($"{name} has quality {quality}; 192, which is good, would be right");
            return;
        }

        if (Timestamp.TryRead(milliseconds, out DateTimeOffset measured) && body.IsStale(measured, $"timestamp of {name}")) return;
        string text = metric.Text;
        if (quantity == Quantity.Contact && saysOpen && metric.IsBoolean) text = text == "true" ? "open" : "closed";
        body.AddText(sensor, quantity, name, text, metric.Unit ?? QuantityNames.UnitIn(name, quantity));
    }
}
