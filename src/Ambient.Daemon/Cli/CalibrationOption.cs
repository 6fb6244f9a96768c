using System.CommandLine;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Cli;

/// <summary><c>--calibration CAL.json</c>, the same for every verb that runs fusion.</summary>
internal static class CalibrationOption
{
    /// <summary>The option.</summary>
    public static Option<FileInfo?> Create() => new("--calibration") { Description = "what `calibrate` found out about this room; default: an office" };

    /// <summary>Reads the file; null where none is named.</summary>
    /// <exception cref="CliException">It is missing, or no calibration.</exception>
    public static Calibration? Load(FileInfo? file)
    {
        if (file is null) return null;
        try
        {
            return CalibrationFile.Load(file.FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read --calibration '{file}': {problem.Message}");
        }
        catch (InvalidDataException problem)
        {
            throw new CliException(ExitCodes.BadConfiguration, problem.Message);
        }
    }
}
