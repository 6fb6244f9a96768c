using System.Threading.Channels;

namespace Ambient.Daemon.Mqtt;

/// <summary>Carries orders out as they come, on a task of its own: who commands a room need not wait for the music's next step.</summary>
/// <param name="orders">Where they come from; one reader.</param>
/// <param name="commands">Carries them out.</param>
/// <param name="failed">An exception that ended it: a broken invariant, so the host must end too.</param>
internal sealed class OrderDesk(ChannelReader<MqttMessage> orders, MqttCommands commands, Action<Exception> failed) : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Opens.</summary>
    public void Start() => _work = Task.Run(WorkAsync);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            while (await orders.WaitToReadAsync(_end.Token))
            {
                while (orders.TryRead(out MqttMessage order)) commands.TryHandle(order);
            }
        }
        catch (OperationCanceledException)
        {
            // The host ends.
        }
        catch (Exception problem)
        {
            failed(problem);
        }
    }
}
