using System.CommandLine;
using Ambient.Composer.Moods;

namespace Ambient.Daemon.Cli;

/// <summary><c>moods list</c> and <c>moods check FILE</c>.</summary>
public static class MoodsCommand
{
    /// <summary>Builds the verb.</summary>
    public static Command Create()
    {
        Option<DirectoryInfo?> folder = MoodsOption.Create();
        var list = new Command("list", "Lists the moods with what they are for.") { folder };
        list.SetAction(parsed => List(MoodsOption.Load(parsed.GetValue(folder))));

        var file = new Argument<FileInfo>("FILE") { Description = "A mood file." };
        var check = new Command("check", "Says what is wrong with a mood file, if anything.") { file };
        check.SetAction(parsed => Check(parsed.GetValue(file)!));
        return new Command("moods", "The moods there are.") { list, check };
    }

    private static int List(MoodLibrary moods)
    {
        foreach (Mood mood in moods.Moods)
        {
            Console.WriteLine($"{mood.Name,-14} {mood.Description}");
        }

        return ExitCodes.Good;
    }

    private static int Check(FileInfo file)
    {
        try
        {
            Mood mood = MoodFile.Load(file.FullName);
            Console.WriteLine($"{file.Name}: good ({mood.Name}).");
            return ExitCodes.Good;
        }
        catch (MoodException wrong)
        {
            throw new CliException(ExitCodes.BadConfiguration, wrong.Message);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"{file}: can't be read: {missing.Message}");
        }
    }
}
