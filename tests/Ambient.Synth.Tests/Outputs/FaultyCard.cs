using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

/// <summary>libasound's configuration is one for the process: whoever changes it must be alone with it.</summary>
[CollectionDefinition("alsa", DisableParallelization = true)]
public sealed class AlsaTests;

/// <summary>A sound card that fails when told to, behind the real libasound: the plugin of faulty_pcm.c, compiled once per run.</summary>
internal sealed partial class FaultyCard : IDisposable
{
    public const int PeriodFrames = 64;
    public const int Periods = 4;
    public const int BufferFrames = PeriodFrames * Periods;

    private static readonly Lazy<string> Plugin = new(Compile);

    private readonly ScratchFolder _folder = new();

    /// <param name="faults">Frame and errno of each failure, e.g. <c>1000:-32 2000:-86</c>.</param>
    /// <param name="format">The one format that it takes.</param>
    /// <param name="resumes">Whether it goes on after the system slept; most cards have to be prepared anew.</param>
    public FaultyCard(string faults = "", string format = "S16_LE", bool resumes = false)
    {
        string file = _folder.File("asound.conf");
        File.WriteAllText(file, $$"""
            </usr/share/alsa/alsa.conf>
            pcm_type.faulty { lib "{{Plugin.Value}}" }
            pcm.card { type faulty faults "{{faults}}" heard "{{HeardPath}}" format "{{format}}" resumes "{{(resumes ? "yes" : "no")}}" }

            """);

        // libasound asks the C library, which does not see what Environment.SetEnvironmentVariable does.
        Assert.Equal(0, SetEnvironment("ALSA_CONFIG_PATH", file, 1));
    }

    private string HeardPath => _folder.File("heard.raw");

    /// <summary>What it has played; all that it was given, once the output is disposed.</summary>
    public T[] Heard<T>()
        where T : struct => MemoryMarshal.Cast<byte, T>(File.ReadAllBytes(HeardPath)).ToArray();

    /// <summary>From now on it cannot be opened, for this reason; 0: it can again.</summary>
    public void Refuse(int code)
    {
        if (code == 0) File.Delete(HeardPath + ".refuse");
        else File.WriteAllText(HeardPath + ".refuse", FormattableString.Invariant($"{code}"));
    }

    public static bool TryOpen(out AlsaOutput? output, out string problem, string name = "card") => AlsaOutput.TryOpen(name, new AlsaOptions(PeriodFrames, Periods), out output, out problem);

    public static AlsaOutput Open(string name = "card")
    {
        Assert.True(TryOpen(out AlsaOutput? output, out string problem, name), problem);
        return output!;
    }

    public void Dispose()
    {
        UnsetEnvironment("ALSA_CONFIG_PATH");
        _folder.Dispose();
    }

    private static string Compile()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "libambient_faulty_pcm.so");
        using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-DPIC", "-Wall", "-O1", "-o", library, Source(), "-lasound"]);
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, "faulty_pcm.c does not compile: ./test installs what it needs, gcc, libc6-dev and libasound2-dev");
        return library;
    }

    private static string Source([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "faulty_pcm.c");

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetEnvironment(string name);
}
