using System.Text;
using Ambient.Daemon.Control;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Mqtt;

/// <summary>Brings commands from the broker to the control plane and to the music, and says once a minute and topic what was wrong with them.</summary>
public sealed class MqttCommands(MqttTopics topics, ControlPlane control, TimeProvider time, ILogger<MqttCommands> log, MusicCommands? music = null, MqttPlans? plans = null, ContextInputs? inputs = null)
{
    private readonly RateLimitedWarning _warning = new(time, log);

    /// <summary>Takes a message if it is a command.</summary>
    /// <returns>False: not a command; somebody else's topic, a sensor's perhaps.</returns>
    public bool TryHandle(MqttMessage message)
    {
        string? problem = null;
        if (plans?.TryHandle(message, out problem) is true)
        {
            if (problem is not null) _warning.Warn(message.Topic, $"{message.Topic}: {problem}");
            return true;
        }

        if (!topics.TryParseCommand(message.Topic, out string command)) return false;
        string payload = Encoding.UTF8.GetString(message.Payload.Span);
        if (inputs?.TryHandle(command, payload, message.IsRetained, time.GetUtcNow(), out problem) is true)
        {
            if (problem is not null) _warning.Warn(message.Topic, $"{message.Topic}: {problem}");
            return true;
        }

        if (music?.TryHandle(command, payload, message.IsRetained, out problem) is not true)
            problem = control.Handle(command, payload, message.IsRetained, time.GetLocalNow(), id: message.Topic.Split('/')[1], delivery: message.Delivery).Problem;
        if (problem is not null) _warning.Warn(message.Topic, $"{message.Topic}: {problem}");
        return true;
    }
}
