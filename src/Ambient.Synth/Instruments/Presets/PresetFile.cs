using System.Text.Json;

namespace Ambient.Synth.Instruments.Presets;

/// <summary>Where presets come from: one JSON file per instrument, built in; a file of the same name in <c>presets/</c> beside the program wins.</summary>
internal static class PresetFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The preset of an instrument.</summary>
    /// <param name="name">Name of the instrument and of the file, without <c>.json</c>.</param>
    /// <param name="folder">Folder of an owner's own presets; need not exist.</param>
    /// <exception cref="PresetException">The file can't be read or is no JSON object.</exception>
    public static PresetReader Open(string name, string folder)
    {
        string own = Path.Combine(folder, $"{name}.json");
        if (File.Exists(own)) return Parse(own, File.ReadAllBytes(own));

        string builtIn = $"presets/{name}.json";
        using Stream stream = typeof(PresetFile).Assembly.GetManifestResourceStream(builtIn) ?? throw new PresetException($"{builtIn} is missing");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Parse(builtIn, bytes);
    }

    /// <summary>Reads a preset's text.</summary>
    /// <exception cref="PresetException">It is no JSON object.</exception>
    public static PresetReader Parse(string file, ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return new(file, "", document.RootElement.Clone());
        }
        catch (JsonException failure)
        {
            throw new PresetException($"{file}: line {failure.LineNumber + 1}: this is no JSON", failure);
        }
    }
}
