using System.CommandLine;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Cli;

/// <summary><c>--moods FOLDER</c>, the same for every verb for which a composer's own moods matter.</summary>
internal static class MoodsOption
{
    /// <summary>The option.</summary>
    public static Option<DirectoryInfo?> Create() => new("--moods") { Description = "folder of the mood files; default: those that came with the program" };

    /// <summary>Reads the moods.</summary>
    /// <exception cref="CliException">The folder is missing, or what is wrong in which file.</exception>
    public static MoodLibrary Load(DirectoryInfo? folder) => folder is null or { Exists: true }
        ? Installation.LoadMoods(folder?.FullName)
        : throw new CliException(ExitCodes.NoInput, $"--moods is '{folder}', which does not exist; allowed: a folder with mood files");
}
