using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Ambient.Daemon.Configuration;

/// <summary>A time zone that the tz database knows.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IanaTimeZoneAttribute() : ValidationAttribute("an IANA time zone such as Europe/Berlin")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is string id && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null);
}
