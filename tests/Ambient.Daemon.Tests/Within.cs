namespace Ambient.Daemon.Tests;

/// <summary>Deadlines for real events: generous, since a loaded machine is no defect.</summary>
internal static class Within
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
}
