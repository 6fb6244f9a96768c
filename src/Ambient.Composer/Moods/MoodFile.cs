using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ambient.Composer.Moods;

/// <summary>Reads one mood file and says everything that is wrong with it.</summary>
public static class MoodFile
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads a mood.</summary>
    /// <exception cref="MoodException">Something in the file is wrong.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static Mood Load(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a mood from its text.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">Name of the file, for messages; its name without extension must be the mood's name.</param>
    /// <exception cref="MoodException">Something in it is wrong.</exception>
    public static Mood Parse(string json, string file)
    {
        Mood mood;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            var unknown = new List<string>();
            FindUnknownKeys(document.RootElement, MoodJson.Default.Mood, "", unknown);
            if (unknown.Count > 0) throw new MoodException([.. unknown.Select(problem => $"{file}: {problem}")]);
            mood = document.RootElement.Deserialize(MoodJson.Default.Mood) ?? throw new JsonException("is null; a mood is an object");
        }
        catch (JsonException problem)
        {
            string key = problem.Path is null or "$" ? "" : problem.Path.Replace("$.", "", StringComparison.Ordinal) + ": ";
            throw new MoodException([$"{file}: {key}{problem.Message}"]);
        }

        List<string> problems = MoodCheck.ProblemsOf(mood);
        string expected = Path.GetFileNameWithoutExtension(file);
        if (mood.Name != expected) problems.Insert(0, $"name: '{mood.Name}' must be the file's name, '{expected}'.");
        return problems.Count == 0 ? mood : throw new MoodException([.. problems.Select(problem => $"{file}: {problem}")]);
    }

    // The serialiser can refuse an unknown key but not say which keys there are: its own metadata can.
    private static void FindUnknownKeys(JsonElement element, JsonTypeInfo type, string path, List<string> problems)
    {
        if (element.ValueKind == JsonValueKind.Array && type.Kind == JsonTypeInfoKind.Enumerable)
        {
            JsonTypeInfo item = MoodJson.Default.GetTypeInfo(type.ElementType!)!;
            int index = 0;
            foreach (JsonElement child in element.EnumerateArray()) FindUnknownKeys(child, item, $"{path}[{index++}].", problems);
        }

        if (element.ValueKind != JsonValueKind.Object || type.Kind is not (JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary)) return;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            Type? child = type.Kind == JsonTypeInfoKind.Dictionary
                ? type.ElementType
                : type.Properties.FirstOrDefault(known => known.Name == property.Name && known.Set is not null)?.PropertyType;
            if (child is null)
            {
                string allowed = string.Join(", ", type.Properties.Where(known => known.Set is not null).Select(known => known.Name).Order(StringComparer.Ordinal));
                problems.Add($"{path}{property.Name}: {Shown(property.Value)} is set, but there is no such key. There are: {allowed}.");
            }
            else
            {
                FindUnknownKeys(property.Value, MoodJson.Default.GetTypeInfo(child)!, $"{path}{property.Name}.", problems);
            }
        }
    }

    private static string Shown(JsonElement value)
    {
        string text = value.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 40 ? text : text[..39] + "…";
    }
}
