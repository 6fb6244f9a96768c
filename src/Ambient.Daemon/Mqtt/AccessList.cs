using System.Text;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.HomeAssistant;

namespace Ambient.Daemon.Mqtt;

/// <summary>What one zone must be able to do at the broker, and nothing more, as lines of a mosquitto ACL file.</summary>
/// <remarks>Source: mosquitto.conf(5), acl_file. A broker denies what no line allows.</remarks>
internal static class AccessList
{
    /// <summary>The lines for a zone; a <c>user</c> line first, so that zones can stand one after another in one file.</summary>
    public static string Of(AmbientConfig config)
    {
        MqttConfig mqtt = config.Mqtt;
        var topics = new MqttTopics(mqtt.Base, config.Zone.Id, config.Zone.Groups);
        var text = new StringBuilder();
        text.AppendLine($"# zone {config.Zone.Id}: what it says, what it obeys, what it senses");
        text.AppendLine($"user {mqtt.Username ?? $"ambient-{config.Zone.Id}"}");
        foreach (string topic in topics.Published) text.AppendLine($"topic {(topic == topics.State("instance") ? "readwrite" : "write")} {topic}");
        foreach (string filter in topics.CommandFilters) text.AppendLine($"topic read {filter}");
        text.AppendLine($"topic read {topics.CalendarFilter}");
        foreach (string filter in config.SensorSetup.TopicFilters()) text.AppendLine($"topic read {filter}");
        if (mqtt.DiscoveryPrefix.Length == 0) return text.ToString();
        text.AppendLine($"topic read {mqtt.DiscoveryPrefix}/status");
        text.AppendLine($"topic write {mqtt.DiscoveryPrefix}/device/{DiscoveryPayload.IdOf(config.Zone.Id)}/config");
        return text.ToString();
    }
}
