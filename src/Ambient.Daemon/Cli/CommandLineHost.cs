using System.CommandLine;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Daemon.Cli;

/// <summary>Runs a command line: parses, calls the verb, turns what it throws into a message and an exit code.</summary>
public static class CommandLineHost
{
    /// <summary>Parses and runs; usage errors end with <see cref="ExitCodes.Usage"/>.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync("Try --help.");
            return ExitCodes.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration);
        }
        catch (CliException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return problem.ExitCode;
        }
        catch (PresetException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return ExitCodes.BadConfiguration;
        }
    }
}
