namespace Ambient.Daemon.Cli;

/// <summary>Ends a command with a message for people and an exit code; thrown by commands, caught in <see cref="CommandLineHost"/>.</summary>
public sealed class CliException(int exitCode, string message) : Exception(message)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
