using System.Net;
using System.Net.Sockets;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>A cable between a client and the broker that can be cut: neither end hears a farewell from the other.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _cut = new();

    public Relay(int brokerPort)
    {
        _listener.Start();
        _ = RunAsync(brokerPort);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        _listener.Stop();
        _cut.Cancel();
    }

    public void Dispose()
    {
        Cut();
        _listener.Dispose();
        _cut.Dispose();
    }

    private async Task RunAsync(int brokerPort)
    {
        using TcpClient near = await _listener.AcceptTcpClientAsync();
        using var far = new TcpClient();
        await far.ConnectAsync(IPAddress.Loopback, brokerPort);
        try
        {
            await Task.WhenAll(
                near.GetStream().CopyToAsync(far.GetStream(), _cut.Token),
                far.GetStream().CopyToAsync(near.GetStream(), _cut.Token));
        }
        catch (OperationCanceledException)
        {
            // Cut: leaving the block closes both ends.
        }
    }
}
