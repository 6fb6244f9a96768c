using System.Text;
using System.Text.Json;

namespace Ambient.Daemon.State;

/// <summary>The file <c>audit.jsonl</c> of a state folder: one JSON object a line, the newest last; at most a megabyte with its older ones.</summary>
public sealed class AuditTrail
{
    /// <summary>Characters of a value that are kept: enough for an override, not for a schedule.</summary>
    public const int LongestValue = 300;

    private const int Burst = 100;
    private const int PerSecond = 20;
    private const int OlderFiles = 3;

    private readonly string _folder;
    private readonly long _mostBytes;
    private readonly Lock _lock = new();
    private double _allowance = Burst;
    private DateTimeOffset _last;
    private int _skipped;

    /// <summary>The trail in a folder that exists.</summary>
    /// <param name="folder">State folder.</param>
    /// <param name="mostBytes">Size at which a file is put aside; three older ones are kept.</param>
    public AuditTrail(string folder, long mostBytes = 256 * 1_024) => (_folder, _mostBytes) = (folder, mostBytes);

    /// <summary>Adds a line. A flood is thinned to 20 a second after the first 100, and the next line says how many are missing.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public void Add(AuditEntry entry)
    {
        lock (_lock)
        {
            _allowance = Math.Clamp(_allowance + (entry.At - _last).TotalSeconds * PerSecond, 0, Burst);
            _last = entry.At;
            if (_allowance < 1)
            {
                _skipped++;
                return;
            }

            string value = entry.Value.Length <= LongestValue ? entry.Value : entry.Value[..LongestValue] + " …";
            string line = JsonSerializer.Serialize(entry with { Value = value, Skipped = _skipped }, AuditJson.Readable.AuditEntry);
            Rotate();
            using var file = new FileStream(PathOf(0), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            // One write a line, so that a line is there as a whole or not at all; a torn one after a power cut ends at the next line break.
            file.Write(Encoding.UTF8.GetBytes((EndsTorn(file) ? "\n" : "") + line + "\n"));
            _allowance -= 1;
            _skipped = 0;
        }
    }

    /// <summary>The newest entries, the newest last.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="unreadable">Lines that are no entry, as a power cut may leave one.</param>
    public IReadOnlyList<AuditEntry> Read(int most, out int unreadable)
    {
        var entries = new List<AuditEntry>();
        unreadable = 0;
        for (int age = OlderFiles; age >= 0; age--)
        {
            if (!File.Exists(PathOf(age))) continue;
            foreach (string line in File.ReadLines(PathOf(age)))
            {
                if (line.Length == 0) continue;
                if (TryRead(line) is { } entry) entries.Add(entry);
                else unreadable++;
            }
        }

        return entries.Count <= most ? entries : entries[^most..];
    }

    private static AuditEntry? TryRead(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJson.Readable.AuditEntry) is { By: not null, Change: not null } entry ? entry : null;
        }
        catch (JsonException)
        {
            return null; // counted by the caller
        }
    }

    private bool EndsTorn(FileStream file)
    {
        if (file.Length == 0) return false;
        using var last = new FileStream(PathOf(0), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        last.Seek(-1, SeekOrigin.End);
        return last.ReadByte() != '\n';
    }

    private void Rotate()
    {
        var current = new FileInfo(PathOf(0));
        if (!current.Exists || current.Length < _mostBytes) return;
        for (int age = OlderFiles; age > 0; age--)
        {
            if (File.Exists(PathOf(age - 1))) File.Move(PathOf(age - 1), PathOf(age), overwrite: true);
        }
    }

    private string PathOf(int age) => Path.Combine(_folder, age == 0 ? "audit.jsonl" : $"audit.{age}.jsonl");
}
