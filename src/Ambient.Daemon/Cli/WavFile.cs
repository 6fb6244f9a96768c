using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Cli;

/// <summary>The WAV file that a render is asked to write, if any.</summary>
/// <param name="Path">Where; null for none.</param>
/// <param name="Bits">Of a sample, as typed.</param>
internal sealed record WavFile(FileInfo? Path, int Bits)
{
    /// <summary>Begins the file.</summary>
    /// <exception cref="CliException">It can't be made there, or not with so many bits.</exception>
    public WavOutput? Create()
    {
        if (Bits is not (16 or 24 or 32)) throw new CliException(ExitCodes.Usage, $"--bits is {Bits}; allowed: 16, 24 or 32");
        try
        {
            return Path is null ? null : new WavOutput(Path.FullName, Bits);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"--out {Path} can't be written: {wrong.Message}");
        }
    }
}
