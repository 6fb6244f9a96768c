using System.Text;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.Mqtt;

/// <summary>Brings commands from the broker to the control plane, and says once a minute and topic what was wrong with them.</summary>
public sealed class MqttCommands(MqttTopics topics, ControlPlane control, TimeProvider time, ILogger<MqttCommands> log)
{
    private readonly RateLimitedWarning _warning = new(time, log);

    /// <summary>Takes a message if it is a command.</summary>
    /// <returns>False: not a command; somebody else's topic, a sensor's perhaps.</returns>
    public bool TryHandle(MqttMessage message)
    {
        if (!topics.TryParseCommand(message.Topic, out string command)) return false;
        CommandResult result = control.Handle(command, Encoding.UTF8.GetString(message.Payload.Span), message.IsRetained, time.GetLocalNow());
        if (result.Problem is { } problem) _warning.Warn(message.Topic, $"{message.Topic}: {problem}");
        return true;
    }
}
