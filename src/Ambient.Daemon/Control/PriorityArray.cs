namespace Ambient.Daemon.Control;

/// <summary>What was asked for at each override priority; the lowest number that still holds wins. One stack for the mood, one for the level.</summary>
/// <remarks>A newer command replaces the older one at its priority for good: when it lapses the older one does not come back. Not thread-safe.</remarks>
/// <typeparam name="T">Mood name or level.</typeparam>
public sealed class PriorityArray<T>
{
    private readonly Command<T>?[] _commands = new Command<T>?[Priorities.LowestOverride + 1];

    /// <summary>Every instant at which a command lapses by itself.</summary>
    public IEnumerable<DateTimeOffset> Expiries => _commands.Select(command => command?.Until).OfType<DateTimeOffset>();

    /// <summary>Every command that still holds, with its priority.</summary>
    public IEnumerable<(int Priority, Command<T> Command)> HeldAt(DateTimeOffset now)
    {
        for (int priority = Priorities.LifeSafety; priority <= Priorities.LowestOverride; priority++)
        {
            if (At(priority, now) is { } command) yield return (priority, command);
        }
    }

    /// <summary>Moves the expiry of what was asked for since an instant: the clock stepped, and they keep the length they were given.</summary>
    public void Shift(DateTimeOffset since, TimeSpan by)
    {
        for (int priority = Priorities.LifeSafety; priority <= Priorities.LowestOverride; priority++)
        {
            if (_commands[priority] is { Until: { } until } command && command.Since >= since)
                _commands[priority] = command with { Until = until + by, Since = command.Since + by };
        }
    }

    /// <summary>The command at a priority, if it still holds.</summary>
    /// <param name="priority">1..14.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    public Command<T>? At(int priority, DateTimeOffset now) => _commands[priority] is { } command && command.HoldsAt(now) ? command : null;

    /// <summary>Asks for a value at a priority, 1..14.</summary>
    public void Set(int priority, Command<T> command)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, Priorities.LifeSafety);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, Priorities.LowestOverride);
        _commands[priority] = command;
    }

    /// <summary>Takes back what was asked for at a priority, 1..14; no effect when there is nothing.</summary>
    public void Release(int priority)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, Priorities.LifeSafety);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, Priorities.LowestOverride);
        _commands[priority] = null;
    }

    /// <summary>The winner at an instant; null when no override holds.</summary>
    public (int Priority, Command<T> Command)? Resolve(DateTimeOffset now)
    {
        for (int priority = Priorities.LifeSafety; priority <= Priorities.LowestOverride; priority++)
        {
            if (At(priority, now) is { } command) return (priority, command);
        }

        return null;
    }
}
