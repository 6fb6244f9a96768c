using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.State;

/// <summary>What survives a restart: <c>control.json</c>, <c>learnt.json</c> and the audit trail in the state folder.</summary>
/// <remarks>Trouble with the disk never stops the room: it is a fault, and what was kept last counts.</remarks>
public sealed class StateFolder : IControlMemory, IDisposable
{
    // A storm of commands becomes five writes a second; a power cut costs at most this much.
    private static readonly TimeSpan FlushPause = TimeSpan.FromMilliseconds(200);

    private readonly DurableFile _control;
    private readonly DurableFile _learnt;
    private readonly AuditTrail _audit;
    private readonly ITimer _flushTimer;
    private int _isFlushDue;
    private string? _damage;
    private string? _learntDamage;
    private string? _writeFault;

    /// <summary>Opens or creates the folder.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="time">Paces the writes.</param>
    /// <exception cref="IOException">It can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public StateFolder(string path, TimeProvider time)
    {
        Directory.CreateDirectory(path);
        _control = new DurableFile(Path.Combine(path, "control.json"));
        _learnt = new DurableFile(Path.Combine(path, "learnt.json"));
        _audit = new AuditTrail(path);
        _flushTimer = time.CreateTimer(_ => Flush(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Opens or creates the folder; null where that can't be.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="time">Paces the writes.</param>
    /// <param name="fault">Why not, for people; null when all is well.</param>
    public static StateFolder? TryOpen(string path, TimeProvider time, out string? fault)
    {
        fault = null;
        try
        {
            return new StateFolder(path, time);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            fault = $"State folder '{path}' can't be used, so a restart forgets overrides and schedules: {problem.Message}";
            return null;
        }
    }

    /// <summary>What is wrong with the folder, one line each for people.</summary>
    public IEnumerable<string> Faults => new[] { _damage, _learntDamage, Volatile.Read(ref _writeFault) }.OfType<string>();

    /// <inheritdoc/>
    public ControlMemento? Recall()
    {
        ControlMemento? memento = Read(_control, StateJson.Default.ControlMemento, out IReadOnlyList<string> damaged);
        if (damaged.Count > 0) _damage = Damage(damaged, memento is null ? "there is no older copy: schedules, calendars and overrides have to come again" : $"the last good copy holds, of {memento.SavedAt:yyyy-MM-dd HH:mm:ss}Z");
        return memento is { Schedules: not null, Calendars: not null, Overrides: not null } ? memento : null;
    }

    /// <inheritdoc/>
    public void Keep(ControlMemento memento) => Try(() =>
    {
        _control.Write(JsonSerializer.Serialize(memento, StateJson.Default.ControlMemento));
        if (Interlocked.Exchange(ref _isFlushDue, 1) == 0) _flushTimer.Change(FlushPause, Timeout.InfiniteTimeSpan);
    });

    /// <inheritdoc/>
    public void Record(DateTimeOffset at, string by, string change, string value, string result) => Try(() => _audit.Add(new AuditEntry(at, by, change, value, result)));

    /// <summary>What was learnt before the restart; null where nothing was, or nothing of it can be read.</summary>
    public LearntMemento? RecallLearnt()
    {
        LearntMemento? memento = Read(_learnt, StateJson.Default.LearntMemento, out IReadOnlyList<string> damaged);
        if (damaged.Count > 0) _learntDamage = Damage(damaged, memento is null ? "levels are learnt anew within half an hour" : "an older copy holds");
        return memento?.Moods is null || memento.Moods.Values.Any(offset => offset is null) || memento.Sensors?.Any(sensor => sensor is null) == true ? null : memento;
    }

    /// <summary>Keeps what was learnt.</summary>
    public void KeepLearnt(LearntMemento memento) => Try(() =>
    {
        _learnt.Write(JsonSerializer.Serialize(memento, StateJson.Default.LearntMemento));
        _learnt.Flush();
    });

    /// <summary>Puts what is not yet there on the disk.</summary>
    public void Flush()
    {
        Interlocked.Exchange(ref _isFlushDue, 0);
        Try(_control.Flush);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _flushTimer.Dispose();
        Flush();
    }

    private static T? Read<T>(DurableFile file, JsonTypeInfo<T> type, out IReadOnlyList<string> damaged)
        where T : class
    {
        string? text = file.Read(out damaged);
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException) // whole, but of another version
        {
            damaged = [.. damaged, file.Name];
            return null;
        }
    }

    private static string Damage(IReadOnlyList<string> files, string instead) => $"{string.Join(", ", files.Select(file => $"'{file}'"))} in the state folder was damaged; {instead}";

    private void Try(Action work)
    {
        try
        {
            work();
            Volatile.Write(ref _writeFault, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _writeFault, $"The state folder can't be written, so a restart would forget changes: {problem.Message}");
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ControlMemento))]
[JsonSerializable(typeof(LearntMemento))]
internal sealed partial class StateJson : JsonSerializerContext;
