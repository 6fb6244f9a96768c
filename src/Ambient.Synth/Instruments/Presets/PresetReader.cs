using System.Globalization;
using System.Text.Json;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments.Presets;

/// <summary>One object of a preset file, read key by key from musical units into the integers that voices use.</summary>
/// <remarks>
/// Numbers are read as thousandths and converted in integers, so that one file sounds the same on every machine. Every key has
/// its range, and a key that nobody asked for is an error: a misspelt one would be lost silently. Cold path, before the engine runs.
/// </remarks>
internal sealed class PresetReader
{
    private const int Thousand = 1_000;
    private readonly string _file;
    private readonly string _path;
    private readonly Dictionary<string, JsonElement> _unread;

    /// <summary>Reads from an object.</summary>
    /// <param name="file">Named in messages.</param>
    /// <param name="path">Where in the file the object is, with a dot at the end; empty at the root.</param>
    /// <param name="values">The object.</param>
    /// <exception cref="PresetException">It is no object, or a key stands in it twice.</exception>
    public PresetReader(string file, string path, JsonElement values)
    {
        _file = file;
        _path = path;
        if (values.ValueKind != JsonValueKind.Object) throw new PresetException($"{file}: {(path.Length > 0 ? path.TrimEnd('.') : "the file")} must be an object");
        _unread = [];
        foreach (JsonProperty property in values.EnumerateObject())
        {
            if (!_unread.TryAdd(property.Name, property.Value)) throw Wrong(property.Name, "stands here twice");
        }
    }

    /// <summary>Whether a key that may be left out is there.</summary>
    public bool Has(string key) => _unread.ContainsKey(key);

    /// <summary>A time as ticks of 64 frames, at least 1.</summary>
    public int Ticks(string key, decimal minSeconds, decimal maxSeconds) =>
        Math.Max(1, (int)((long)Thousandths(key, minSeconds, maxSeconds) * Voice.TicksPerSecond / Thousand));

    /// <summary>A level in dB, 0 or below, as gain in Q15: 0 dB is 32 768.</summary>
    public int Decibels(string key, decimal min = -90, decimal max = 0)
    {
        const long ThousandthsPerOctave = 6_021; // 20 log10 2
        long exponentQ32 = ((long)-Thousandths(key, min, Math.Min(max, 0)) << 32) / ThousandthsPerOctave;
        return (int)(((long)Exp2Table.Falling(exponentQ32).Raw + (1 << 15)) >> 16);
    }

    /// <summary>A frequency as cents above MIDI note 0.</summary>
    public int Frequency(string key, decimal minHz, decimal maxHz)
    {
        long step = (long)Thousandths(key, minHz, maxHz) * Pitch.StepPerHertz / Thousand;
        return FirstCents(0, Pitch.MaxCents, cents => Pitch.PhaseStep(cents) >= step);
    }

    /// <summary>A slow rate as phase step.</summary>
    public uint Beat(string key, decimal minHz, decimal maxHz) => (uint)((long)Thousandths(key, minHz, maxHz) * Pitch.StepPerHertz / Thousand);

    /// <summary>A ratio of frequencies as cents.</summary>
    public int Ratio(string key, decimal min, decimal max)
    {
        const int Base = 4_800;
        long step = (long)Pitch.PhaseStep(Base) * Thousandths(key, min, max) / Thousand;
        return FirstCents(-Base, Pitch.MaxCents - Base, cents => Pitch.PhaseStep(Base + cents) >= step);
    }

    /// <summary>A share of the whole in Q15: 1 is 32 768.</summary>
    public int Share(string key, decimal min = 0, decimal max = 1) => (int)(((long)Thousandths(key, min, max) << 15) / Thousand);

    /// <summary>Resonance as damping 1 / Q in Q30.</summary>
    public int Damping(string key, decimal minQ, decimal maxQ) => (int)((1_000L << 30) / Thousandths(key, minQ, maxQ));

    /// <summary>A whole number.</summary>
    public int Whole(string key, int min, int max)
    {
        int thousandths = Thousandths(key, min, max);
        return thousandths % Thousand == 0 ? thousandths / Thousand : throw Wrong(key, "is no whole number");
    }

    /// <summary>Words for people.</summary>
    public string Text(string key)
    {
        JsonElement value = Take(key);
        return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(key, $"is {value}; allowed: a text");
    }

    /// <summary>One of several words, as its place among them.</summary>
    public int Choice(string key, params ReadOnlySpan<string> words)
    {
        string value = Text(key);
        int index = words.IndexOf(value);
        return index >= 0 ? index : throw Wrong(key, $"is '{value}'; allowed: {string.Join(", ", words!)}");
    }

    /// <summary>A list of objects, each read by <paramref name="read"/>.</summary>
    public T[] List<T>(string key, int min, int max, Func<PresetReader, T> read)
    {
        JsonElement value = Take(key);
        int count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : -1;
        if (count < min || count > max) throw Wrong(key, $"has {Math.Max(count, 0)} entries; allowed: {min}..{max}");
        return [.. value.EnumerateArray().Select((item, index) =>
        {
            var reader = new PresetReader(_file, $"{_path}{key}[{index}].", item);
            T entry = read(reader);
            reader.ThrowIfUnread();
            return entry;
        })];
    }

    /// <summary>To be called last.</summary>
    /// <exception cref="PresetException">A key has not been asked for.</exception>
    public void ThrowIfUnread()
    {
        foreach (string key in _unread.Keys) throw Wrong(key, "is not known here");
    }

    private int Thousandths(string key, decimal min, decimal max)
    {
        JsonElement value = Take(key);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out decimal number) || number < min || number > max)
            throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"is {value}; allowed: {min}..{max}"));
        return (int)decimal.Round(number * Thousand);
    }

    private JsonElement Take(string key) => _unread.Remove(key, out JsonElement value) ? value : throw Wrong(key, "is missing");

    private PresetException Wrong(string key, string what) => new($"{_file}: {_path}{key} {what}");

    private static int FirstCents(int low, int high, Func<int, bool> isReached)
    {
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (isReached(middle)) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
