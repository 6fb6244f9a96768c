namespace Ambient.Daemon.Control;

/// <summary>By what a message can be recognised when the broker brings it a second time.</summary>
/// <param name="Mark">The same for every copy of one message, another for a message that only says the same.</param>
/// <param name="MayRepeat">The broker may not have heard that an earlier copy arrived.</param>
public readonly record struct Delivery(string Mark, bool MayRepeat);
