using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;

namespace Ambient.Daemon.Configuration;

/// <summary>Turns JSON into a section record and says everything that is wrong with it at once.</summary>
/// <remarks>
/// Why not the configuration binder: it ignores unknown keys, knows no lines and stops at the first wrong type. A person
/// who edits a file over SSH wants the whole list, each with what would be right. Reflection is fine here: once, at start.
/// </remarks>
internal static class SectionReader
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads <typeparamref name="T"/>; on problems the result is only good for being thrown away.</summary>
    internal static T Read<T>(string json, List<string> problems) where T : new()
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            return (T)ReadSection(typeof(T), document.RootElement, "", problems);
        }
        catch (JsonException problem)
        {
            problems.Add($"line {problem.LineNumber + 1}: not JSON: {FirstSentence(problem.Message)}");
            return new T();
        }
    }

    private static object ReadSection(Type type, JsonElement element, string path, List<string> problems)
    {
        object section = Activator.CreateInstance(type)!;
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add($"{Named(path)} is {Shown(element)}; allowed: a section in braces, {{ … }}");
            return section;
        }

        var settings = type.GetProperties()
            .Where(property => property.GetCustomAttribute<NotASettingAttribute>() is null && property.CanWrite)
            .ToDictionary(property => property.Name);
        var seen = new HashSet<string>();
        foreach (JsonProperty entry in element.EnumerateObject())
        {
            string key = path.Length == 0 ? entry.Name : $"{path}.{entry.Name}";
            if (!settings.TryGetValue(entry.Name, out PropertyInfo? setting))
                problems.Add($"{key} is unknown; did you mean '{Nearest(entry.Name, settings.Keys)}'? Allowed: {string.Join(", ", settings.Keys.Order(StringComparer.Ordinal))}");
            else if (!seen.Add(entry.Name))
                problems.Add($"{key} stands twice; allowed: once");
            else if (IsSection(setting.PropertyType))
                setting.SetValue(section, ReadSection(setting.PropertyType, entry.Value, key, problems));
            else
                ReadValue(section, setting, entry.Value, key, problems);
        }

        return section;
    }

    private static void ReadValue(object section, PropertyInfo setting, JsonElement element, string key, List<string> problems)
    {
        object? value;
        try
        {
            // A JsonElement kept for later must not die with its document.
            value = setting.PropertyType == typeof(JsonElement?) ? element.Clone() : element.Deserialize(setting.PropertyType);
        }
        catch (JsonException)
        {
            problems.Add($"{key} is {Shown(element)}; allowed: {Allowed(setting)}");
            return;
        }

        bool canBeNull = new NullabilityInfoContext().Create(setting).WriteState == NullabilityState.Nullable;
        bool isValid = value is null
            ? canBeNull
            : setting.GetCustomAttributes<ValidationAttribute>().All(rule => rule.IsValid(value));
        if (isValid) setting.SetValue(section, value);
        else problems.Add($"{key} is {Shown(element)}; allowed: {Allowed(setting)}");
    }

    private static string Allowed(PropertyInfo setting)
    {
        foreach (ValidationAttribute rule in setting.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule is RangeAttribute range) return $"{range.Minimum}..{range.Maximum}";
            return rule.ErrorMessage ?? rule.FormatErrorMessage(setting.Name);
        }

        Type type = Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType;
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int)) return "a whole number";
        return type == typeof(string) ? "text in quotes" : "a list of texts";
    }

    private static bool IsSection(Type type) => type.Namespace == typeof(SectionReader).Namespace;

    private static string Named(string path) => path.Length == 0 ? "The file" : path;

    private static string Shown(JsonElement element)
    {
        string text = element.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 60 ? text : text[..60] + " …";
    }

    private static string FirstSentence(string message) => message.Split(" LineNumber:")[0];

    private static string Nearest(string key, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => EditDistance(key.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    // Levenshtein's distance, one row at a time.
    private static int EditDistance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
