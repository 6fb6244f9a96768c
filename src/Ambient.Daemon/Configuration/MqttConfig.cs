using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Mqtt</c>: the broker.</summary>
public sealed record MqttConfig
{
    /// <summary>False: no broker at all; schedule, sensors on the device and console still work.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Name or address of the broker.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "a host name or address")]
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port: 1883 plain, 8883 with TLS by custom.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 1_883;

    /// <summary>Client id, unique at the broker. Default: <c>ambient-</c> and the zone's id.</summary>
    [StringLength(64, MinimumLength = 1, ErrorMessage = "1..64 characters")]
    public string? ClientId { get; init; }

    /// <summary>User name; without it the connection is anonymous.</summary>
    public string? Username { get; init; }

    /// <summary>File whose first line is the password: never in this file, on a command line or in a log. Default: systemd's credential <c>mqtt-password</c>, if there is one.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>True: without encryption even to another machine, so that whoever listens on the network reads along and can command the room. Default false.</summary>
    public bool AllowPlain { get; init; }

    /// <summary>Encryption.</summary>
    public MqttTlsConfig Tls { get; init; } = new();

    /// <summary>First level of every topic of ours.</summary>
    [TopicName]
    public string Base { get; init; } = "ambient";

    /// <summary>Home Assistant's discovery prefix; empty keeps the zone to itself. The default is Home Assistant's own.</summary>
    public string DiscoveryPrefix { get; init; } = "homeassistant";

    /// <summary>Where the password stands; null when there is none.</summary>
    internal string? ResolvePasswordFile()
    {
        if (PasswordFile is not null) return PasswordFile;
        string? credential = Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { } folder ? Path.Combine(folder, "mqtt-password") : null;
        return File.Exists(credential) ? credential : null;
    }

    /// <summary>What the values say together and no single one shows; null when all is well.</summary>
    internal string? Problem()
    {
        bool isLoopback = Host == "localhost" || (IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address));
        if (Enabled && !isLoopback && Tls.CaFile is null && !AllowPlain)
            return $"Mqtt.Host is '{Host}' without Mqtt.Tls.CaFile, which would send everything unencrypted; allowed: a CA file, or \"AllowPlain\": true where the network can be trusted";
        return (Tls.CertificateFile is null) == (Tls.KeyFile is null) ? null : "Mqtt.Tls.CertificateFile and KeyFile go together; allowed: both or neither";
    }

    /// <summary>Silence after which the broker publishes our last will, x 1.5; seconds.</summary>
    [Range(5, 3_600)]
    public int KeepAliveSeconds { get; init; } = 30;
}
