namespace Ambient.Daemon.Control;

/// <summary>Where a control plane keeps what it has to know again, and who changed it.</summary>
public interface IControlMemory
{
    /// <summary>What was kept last; null where there is nothing.</summary>
    ControlMemento? Recall();

    /// <summary>Keeps a state. When it returns, the state survives the end of this process, however it comes.</summary>
    void Keep(ControlMemento memento);

    /// <summary>Writes down who changed what.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <param name="change">The command: <c>lobby/override/set</c>.</param>
    /// <param name="value">What was sent.</param>
    /// <param name="result">What sounds from now on, in words.</param>
    void Record(DateTimeOffset at, string by, string change, string value, string result);
}
