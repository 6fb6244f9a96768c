using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Web</c>: the console.</summary>
public sealed record WebConfig
{
    /// <summary>Whether there is a console.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>TCP port; 0 takes any free one.</summary>
    [Range(0, 65_535)]
    public int Port { get; init; } = 8_080;

    /// <summary>Address to listen on. The console asks for no password: only loopback by default, <c>0.0.0.0</c> shows and gives it to the whole network.</summary>
    [IpAddress]
    public string Bind { get; init; } = "127.0.0.1";

    /// <summary>Where others reach it; null on loopback, where it is nobody's business.</summary>
    internal string? PublicUrl => Enabled && Bind is not ("127.0.0.1" or "::1") ? $"http://{Environment.MachineName}:{Port}" : null;
}
