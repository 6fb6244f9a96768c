using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>An authority of our own and what it signs, as PEM files in a folder.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-tls-");
    private readonly X509Certificate2 _authority;
    private readonly X509Certificate2 _stranger;

    public TestCertificates()
    {
        _authority = Authority("ca.pem", "Ambient test authority");
        _stranger = Authority("stranger.pem", "Somebody else");
    }

    public string CaFile => Path.Combine(_folder.FullName, "ca.pem");

    public string StrangersCaFile => Path.Combine(_folder.FullName, "stranger.pem");

    /// <summary>A certificate and its key.</summary>
    /// <param name="name">Of the files, and the common name.</param>
    /// <param name="host">DNS name, or null for 127.0.0.1.</param>
    /// <param name="hasExpired">Valid until yesterday.</param>
    /// <param name="byStranger">Signed by somebody else.</param>
    public (string Certificate, string Key) Issue(string name, string? host = null, bool hasExpired = false, bool byStranger = false)
    {
        using RSA key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null) names.AddIpAddress(System.Net.IPAddress.Loopback);
        else names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        byte[] serial = RandomNumberGenerator.GetBytes(8);
        using X509Certificate2 certificate = request.Create(byStranger ? _stranger : _authority, Now.AddDays(-10), hasExpired ? Now.AddDays(-1) : Now.AddDays(1), serial);
        return (Write($"{name}.pem", certificate.ExportCertificatePem()), Write($"{name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    public void Dispose()
    {
        _authority.Dispose();
        _stranger.Dispose();
        _folder.Delete(recursive: true);
    }

    private X509Certificate2 Authority(string file, string name)
    {
        using RSA key = RSA.Create(2_048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        X509Certificate2 certificate = request.CreateSelfSigned(Now.AddDays(-20), Now.AddDays(20));
        Write(file, certificate.ExportCertificatePem());
        return certificate;
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
