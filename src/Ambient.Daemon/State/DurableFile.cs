using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Bindings.Linux;

namespace Ambient.Daemon.State;

/// <summary>A small text that survives kill -9 at once and a power cut soon after; a damaged copy is never taken for a good one.</summary>
/// <remarks>
/// <para>Each copy carries a number and the SHA-256 of its text; of all copies that are whole the one with the highest number counts.</para>
/// <para><see cref="Write"/> replaces <c>NAME.now</c> by rename and returns: that is in the kernel's hands, so the process may die.
/// <see cref="Flush"/> writes <c>NAME.new</c>, syncs it, renames <c>NAME</c> to <c>NAME.old</c> and <c>NAME.new</c> to <c>NAME</c>, and syncs
/// the folder: whichever instant the power fails at, one whole copy is on the disk. The two never touch each other's files.</para>
/// </remarks>
public sealed class DurableFile
{
    private readonly string _path;
    private readonly Action<string> _afterStep;
    private readonly Lock _writing = new();
    private readonly Lock _flushing = new();
    private Envelope? _latest;
    private long _flushed;

    /// <summary>A text at a path; its folder exists.</summary>
    /// <param name="path">The durable copy; the others lie beside it.</param>
    /// <param name="afterStep">Called after each step on the disk, with its name; a test throws there to die in between.</param>
    public DurableFile(string path, Action<string>? afterStep = null) => (_path, _afterStep) = (path, afterStep ?? (_ => { }));

    /// <summary>Name of the durable copy, without its folder.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>The newest whole copy; null when there is none.</summary>
    /// <param name="damaged">Copies that are there and not whole.</param>
    public string? Read(out IReadOnlyList<string> damaged)
    {
        var bad = new List<string>();
        Envelope? best = null;
        foreach (string path in (string[])[_path, _path + ".now", _path + ".new", _path + ".old"])
        {
            if (!File.Exists(path)) continue;
            if (ReadCopy(path) is not { } copy) bad.Add(path);
            else if (best is null || copy.Number > best.Number) best = copy;
        }

        // A copy that a crash interrupted is no damage: nobody was told that it had been kept.
        bad.Remove(_path + ".new");
        damaged = bad;
        lock (_writing) _latest = best;
        return best?.Text;
    }

    /// <summary>Keeps a text; when it returns, the text survives the end of this process.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public void Write(string text)
    {
        lock (_writing)
        {
            var next = new Envelope((_latest?.Number ?? 0) + 1, Hash(text), text);
            WriteCopy(next, _path + ".now.part", isSynced: false);
            _afterStep("written");
            File.Move(_path + ".now.part", _path + ".now", overwrite: true);
            _latest = next;
            _afterStep("kept");
        }
    }

    /// <summary>Puts the last text on the disk itself, if it is not there yet. May take as long as the disk likes.</summary>
    /// <exception cref="IOException">The disk is full or read-only.</exception>
    public void Flush()
    {
        lock (_flushing)
        {
            Envelope? latest;
            lock (_writing) latest = _latest;
            if (latest is null || latest.Number == _flushed) return;
            WriteCopy(latest, _path + ".new", isSynced: true);
            _afterStep("synced");
            if (File.Exists(_path)) File.Move(_path, _path + ".old", overwrite: true);
            _afterStep("old aside");
            File.Move(_path + ".new", _path, overwrite: true);
            _afterStep("new in place");
            FileSync.SyncFolder(Path.GetDirectoryName(_path)!);
            _flushed = latest.Number;
        }
    }

    private static void WriteCopy(Envelope envelope, string path, bool isSynced)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        JsonSerializer.Serialize(file, envelope, DurableJson.Default.Envelope);
        file.Flush(flushToDisk: isSynced);
    }

    private static Envelope? ReadCopy(string path)
    {
        try
        {
            Envelope? copy = JsonSerializer.Deserialize(File.ReadAllBytes(path), DurableJson.Default.Envelope);
            return copy is { Text: not null } && copy.Sha256 == Hash(copy.Text) ? copy : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // the caller names it among the damaged
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    internal sealed record Envelope(long Number, string Sha256, string Text);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DurableFile.Envelope))]
internal sealed partial class DurableJson : JsonSerializerContext;
