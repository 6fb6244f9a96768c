using System.Globalization;
using System.Text;
using System.Text.Json;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Room;

/// <summary>Tells the broker about the room: state when it changes, measurements at their own rates. Any thread.</summary>
/// <param name="topics">Names.</param>
/// <param name="sink">Where messages go.</param>
/// <param name="current">What the room should sound like now; null: as in the last snapshot.</param>
public sealed class StatePublisher(MqttTopics topics, IMessageSink sink, Func<EffectiveState>? current = null)
{
    private static readonly TimeSpan ContextInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DiagInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, byte[]> _last = [];
    private DateTimeOffset? _lastContext;
    private DateTimeOffset? _lastDiag;
    private long? _lastBar;

    /// <summary>Publishes what is due or has changed since the last call.</summary>
    public void Publish(RoomSnapshot room)
    {
        lock (_lock)
        {
            // A command may have come since the snapshot: under the lock nothing older can follow it.
            SendEffective(current?.Invoke() ?? room.Effective);
            // An empty payload takes a retained topic back: no glide, no target.
            OnChange("mood/target", Encoding.UTF8.GetBytes(room.MoodTarget ?? ""), retain: true);
            OnChange("fault", room.Faults.Count > 0 ? "ON"u8 : "OFF"u8, retain: true);
            OnChange("fault/attributes", JsonSerializer.SerializeToUtf8Bytes(new FaultAttributes(room.Faults), RoomJson.Default.FaultAttributes), retain: true);
            OnChange("why", JsonSerializer.SerializeToUtf8Bytes(Rounded(room.Why), RoomJson.Default.WhyReport), retain: false);
            if (IsDue(ref _lastContext, room.Time, ContextInterval))
                Send("context", JsonSerializer.SerializeToUtf8Bytes(room.Context, RoomJson.Default.ContextVector));
            if (_lastBar != room.Score.Bar)
            {
                _lastBar = room.Score.Bar;
                Send("score", JsonSerializer.SerializeToUtf8Bytes(room.Score, RoomJson.Default.ScoreReport));
            }

            if (IsDue(ref _lastDiag, room.Time, DiagInterval))
                Send("diag", JsonSerializer.SerializeToUtf8Bytes(room.Diag, RoomJson.Default.DiagReport));
        }
    }

    /// <summary>Publishes what the room should sound like, if that changed: at once after a command, without waiting for the next snapshot.</summary>
    public void PublishEffective()
    {
        lock (_lock)
        {
            if (current is not null) SendEffective(current());
        }
    }

    /// <summary>With the next snapshot says again what is neither retained nor sent all the time: somebody new listens.</summary>
    public void Repeat()
    {
        lock (_lock)
        {
            _last.Remove("why");
            _lastDiag = null;
        }
    }

    private void SendEffective(EffectiveState state)
    {
        OnChange("effective", JsonSerializer.SerializeToUtf8Bytes(state, RoomJson.Default.EffectiveState), retain: true);
        OnChange("mood", Encoding.UTF8.GetBytes(state.Mood), retain: true);
        OnChange("level", Encoding.UTF8.GetBytes(state.Level.ToString(CultureInfo.InvariantCulture)), retain: true);
        OnChange("power", state.Mood == ControlPlane.Off ? "OFF"u8 : "ON"u8, retain: true);
    }

    private void OnChange(string name, ReadOnlySpan<byte> payload, bool retain)
    {
        if (_last.TryGetValue(name, out byte[]? last) && payload.SequenceEqual(last)) return;
        _last[name] = payload.ToArray();
        sink.Publish(topics.State(name), payload, retain);
    }

    private void Send(string name, ReadOnlySpan<byte> payload) => sink.Publish(topics.State(name), payload, retain: false);

    // Also due when the clock was set back: better one message too many than silence until it has caught up.
    private static bool IsDue(ref DateTimeOffset? last, DateTimeOffset now, TimeSpan interval)
    {
        if (last is { } before && now >= before && now - before < interval) return false;
        last = now;
        return true;
    }

    // Two decimals, or every breath of a sensor would be a new reason.
    private static WhyReport Rounded(WhyReport why) =>
        why with { Factors = [.. why.Factors.Select(factor => factor with { Value = Math.Round(factor.Value, 2), Weight = Math.Round(factor.Weight, 2) })] };
}
