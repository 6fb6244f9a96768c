using System.Text;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>Keeps what was sent.</summary>
internal sealed class Sent : IMessageSink
{
    public List<(string Topic, string Payload, bool Retain)> Messages { get; } = [];

    public void Publish(string topic, ReadOnlySpan<byte> payload, bool retain) => Messages.Add((topic, Encoding.UTF8.GetString(payload), retain));

    public int Count(string name) => Messages.Count(message => message.Topic == $"ambient/lobby/{name}");

    public string Last(string name) => Messages.Last(message => message.Topic == $"ambient/lobby/{name}").Payload;
}
