namespace Ambient.Daemon.Doctor;

/// <summary>One thing that the daemon needs: found or not, and how to mend it.</summary>
/// <param name="Name">What was looked for.</param>
/// <param name="Ok">Whether it is as it should be.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Mend">What to do; empty when all is well.</param>
public sealed record Finding(string Name, bool Ok, string Detail, string Mend = "");
