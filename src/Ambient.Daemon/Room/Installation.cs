using Ambient.Composer.Moods;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Room;

/// <summary>Where the product's own files are: beside the program.</summary>
internal static class Installation
{
    /// <summary>Folder of the model.</summary>
    public static string Models => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Folder of the moods.</summary>
    public static string Moods => Path.Combine(AppContext.BaseDirectory, "moods");

    /// <summary>Version of this program: <c>0.1.0</c>.</summary>
    public static string Version => typeof(Installation).Assembly.GetName().Version!.ToString(3);

    /// <summary>Reads the moods of a folder, or those that came with the program.</summary>
    /// <exception cref="CliException">With <see cref="ExitCodes.BadConfiguration"/>: what is wrong in which file.</exception>
    public static MoodLibrary LoadMoods(string? directory)
    {
        try
        {
            return MoodLibrary.Load(directory ?? Moods);
        }
        catch (MoodException wrong)
        {
            throw new CliException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, wrong.Problems));
        }
        catch (DirectoryNotFoundException)
        {
            throw new CliException(ExitCodes.BadConfiguration, $"Composer.MoodDirectory is '{directory}', which does not exist; allowed: a folder with mood files");
        }
    }
}
