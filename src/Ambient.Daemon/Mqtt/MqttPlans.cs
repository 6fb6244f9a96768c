using System.Text;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.Mqtt;

/// <summary>Brings schedules and calendars from the broker to the control plane, retained or not, and answers on <c>schedule/result</c>.</summary>
public sealed class MqttPlans(MqttTopics topics, ControlPlane control, TimeProvider time, IMessageSink sink)
{
    /// <summary>Takes a message if it is a schedule or a calendar.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="problem">What was wrong with it, for the log; null if nothing.</param>
    public bool TryHandle(MqttMessage message, out string? problem)
    {
        problem = null;
        bool isCalendar = topics.TryParseCalendar(message.Topic, out string calendar);
        bool isSchedule = topics.TryParseCommand(message.Topic, out string command) && command == "schedule/set";
        if (!isCalendar && !isSchedule) return false;
        string payload = Encoding.UTF8.GetString(message.Payload.Span);
        ScheduleResult result = isCalendar
            ? control.SetCalendar(calendar, payload, time.GetUtcNow())
            : control.SetSchedule(message.Topic.Split('/')[1], payload, time.GetUtcNow());
        sink.Publish(topics.State("schedule/result"), Encoding.UTF8.GetBytes(result.ToJson()), retain: false);
        if (!result.Ok) problem = string.Join("; ", result.Errors);
        return true;
    }
}
