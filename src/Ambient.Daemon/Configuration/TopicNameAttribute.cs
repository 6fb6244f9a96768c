using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Ambient.Daemon.Configuration;

/// <summary>A name, or a list of names, that can stand as one level of an MQTT topic and is not reserved.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class TopicNameAttribute() : ValidationAttribute("small letters, digits, - and _, 1..64 of them, and not the reserved 'all' or 'calendars'")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string name => name is not ("all" or "calendars") && Pattern().IsMatch(name),
        IEnumerable<string> names => names.All(IsValid),
        _ => false,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$")]
    private static partial Regex Pattern();
}
