namespace Ambient.Sensors.Devices;

/// <summary>Says in plain words what a refusal of the kernel means for somebody who owns the machine.</summary>
internal static class Permission
{
    private const int NotPermitted = 1; // EPERM
    private const int Denied = 13; // EACCES

    /// <summary>The same failure; where the kernel refused, with the group that would help.</summary>
    /// <param name="problem">Its <see cref="Exception.HResult"/> is the errno.</param>
    /// <param name="group">Which group owns such devices: gpio, dialout, audio.</param>
    public static IOException Explain(IOException problem, string group) =>
        Help(problem.HResult, group) is { Length: > 0 } help ? new IOException(problem.Message + help, problem) : problem;

    /// <summary>What would help, to be put behind a message; empty where it is not about permission.</summary>
    public static string Help(int errno, string group) => errno is NotPermitted or Denied
        ? $"; user {Environment.UserName} has to be in group {group}: sudo usermod -aG {group} {Environment.UserName}, then restart (under systemd: SupplementaryGroups={group})"
        : "";
}
