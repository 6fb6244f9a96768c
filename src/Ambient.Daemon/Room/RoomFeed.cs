namespace Ambient.Daemon.Room;

/// <summary>The latest snapshot of the room, and a way to wait for the next. Any number of readers, any thread; a slow one misses snapshots and holds nobody up.</summary>
public sealed class RoomFeed
{
    private sealed record Entry(RoomSnapshot? Room, TaskCompletionSource Replaced);

    private Entry _entry = new(null, NewSignal());

    /// <summary>The latest snapshot; null before the first.</summary>
    public RoomSnapshot? Current => Volatile.Read(ref _entry).Room;

    /// <summary>Puts a new snapshot in the place of the last one.</summary>
    public void Publish(RoomSnapshot room) => Interlocked.Exchange(ref _entry, new Entry(room, NewSignal())).Replaced.SetResult();

    /// <summary>The current snapshot and then each newer one, until cancelled.</summary>
    public async IAsyncEnumerable<RoomSnapshot> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Entry entry = Volatile.Read(ref _entry);
            if (entry.Room is { } room) yield return room;
            await entry.Replaced.Task.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
