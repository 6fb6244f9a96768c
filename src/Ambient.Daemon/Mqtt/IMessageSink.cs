namespace Ambient.Daemon.Mqtt;

/// <summary>Where messages go: the broker, a test's list, one day a thousand simulated zones.</summary>
public interface IMessageSink
{
    /// <summary>Sends a message; never blocks. Any thread.</summary>
    /// <param name="topic">Full topic.</param>
    /// <param name="payload">Copied before the call returns.</param>
    /// <param name="retain">State: kept for whoever asks later, and sent again after a lost connection. Without it, what is sent while nobody listens is gone.</param>
    void Publish(string topic, ReadOnlySpan<byte> payload, bool retain);
}
