namespace Ambient.Daemon.Room;

/// <summary>What stands beside <c>fault</c>: which faults.</summary>
internal sealed record FaultAttributes(IReadOnlyList<string> Faults);
