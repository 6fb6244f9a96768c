namespace Ambient.Daemon.Cli;

/// <summary>What the process's exit code means; part of the stable interface.</summary>
public static class ExitCodes
{
    /// <summary>It worked.</summary>
    public const int Good = 0;

    /// <summary>It ran and failed; the message says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>An input file is missing or unreadable (EX_NOINPUT of sysexits.h).</summary>
    public const int NoInput = 66;

    /// <summary>A configuration or mood file is wrong (EX_CONFIG); systemd must not restart us for it.</summary>
    public const int BadConfiguration = 78;
}
