using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Ambient.Daemon.Configuration;

/// <summary>A numeric IPv4 or IPv6 address.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class IpAddressAttribute() : ValidationAttribute("a numeric address such as 127.0.0.1, 0.0.0.0 or ::1")
{
    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is string text && IPAddress.TryParse(text, out _);
}
