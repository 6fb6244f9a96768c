using System.Text;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.Mqtt;

/// <summary>Brings schedules and calendars from the broker to the control plane, retained or not, and answers on <c>schedule/result</c>.</summary>
public sealed class MqttPlans(string baseTopic, MqttTopics topics, ControlPlane control, TimeProvider time, IMessageSink sink)
{
    private const string Calendars = "calendars";

    /// <summary>What to subscribe to beside the zone's schedules.</summary>
    public string CalendarFilter { get; } = $"{baseTopic}/{Calendars}/+/set";

    /// <summary>Takes a message if it is a schedule or a calendar.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="problem">What was wrong with it, for the log; null if nothing.</param>
    public bool TryHandle(MqttMessage message, out string? problem)
    {
        problem = null;
        string[] levels = message.Topic.Split('/');
        bool isCalendar = levels.Length == 4 && levels[0] == baseTopic && levels[1] == Calendars && levels[3] == "set";
        bool isSchedule = topics.TryParseCommand(message.Topic, out string command) && command == "schedule/set";
        if (!isCalendar && !isSchedule) return false;
        string payload = Encoding.UTF8.GetString(message.Payload.Span);
        ScheduleResult result = isCalendar
            ? control.SetCalendar(levels[2], payload, time.GetUtcNow())
            : control.SetSchedule(levels[1], payload, time.GetUtcNow());
        sink.Publish(topics.State("schedule/result"), Encoding.UTF8.GetBytes(result.ToJson()), retain: false);
        if (!result.Ok) problem = string.Join("; ", result.Errors);
        return true;
    }
}
