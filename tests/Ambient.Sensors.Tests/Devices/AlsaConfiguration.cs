using System.Runtime.InteropServices;

namespace Ambient.Sensors.Tests.Devices;

/// <summary>ALSA devices made for one test: an own configuration file beside the system's.</summary>
internal sealed partial class AlsaConfiguration : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-").FullName;

    /// <summary>Defines <c>pcm.mic</c>, which "records" what <paramref name="samples"/> holds and then repeats its last period.</summary>
    public AlsaConfiguration(ReadOnlySpan<byte> samples)
    {
        string infile = Path.Combine(_folder, "in.raw");
        string file = Path.Combine(_folder, "asound.conf");
        File.WriteAllBytes(infile, samples);
        File.WriteAllText(file, $$"""
            </usr/share/alsa/alsa.conf>
            pcm.mic { type file slave.pcm null file /dev/null infile "{{infile}}" format raw }

            """);

        // libasound asks the C library, which does not see what Environment.SetEnvironmentVariable does.
        Assert.Equal(0, SetEnvironment("ALSA_CONFIG_PATH", file, 1));
    }

    public void Dispose()
    {
        UnsetEnvironment("ALSA_CONFIG_PATH");
        Directory.Delete(_folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironment(string name);
}
