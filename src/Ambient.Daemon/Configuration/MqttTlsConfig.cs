namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Mqtt.Tls</c>: used when <see cref="CaFile"/> is given.</summary>
public sealed record MqttTlsConfig
{
    /// <summary>PEM file with the authority that signed the broker's certificate; turns encryption on.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with our own certificate, where the broker wants one.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the key to <see cref="CertificateFile"/>, without a passphrase.</summary>
    public string? KeyFile { get; init; }
}
