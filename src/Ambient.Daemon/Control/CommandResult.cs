namespace Ambient.Daemon.Control;

/// <summary>What became of a command.</summary>
/// <param name="IsAccepted">Whether it took effect.</param>
/// <param name="Problem">Why not, in one line for people; null when accepted.</param>
public readonly record struct CommandResult(bool IsAccepted, string? Problem)
{
    /// <summary>It took effect.</summary>
    public static CommandResult Accepted { get; } = new(true, null);

    /// <summary>It did not, and the state is what it was.</summary>
    public static CommandResult Rejected(string problem) => new(false, problem);
}
