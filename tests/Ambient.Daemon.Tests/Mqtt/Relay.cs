using System.Net;
using System.Net.Sockets;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>A cable between a client and the broker that can be cut: neither end hears a farewell from the other.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private CancellationTokenSource _cut = new();

    public Relay(int brokerPort)
    {
        _listener.Start();
        _ = RunAsync(brokerPort);
    }

    /// <summary>Ends every connection; new ones go through.</summary>
    public void CutAndMend() => Interlocked.Exchange(ref _cut, new CancellationTokenSource()).Cancel();

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
        try
        {
            while (true) _ = CarryAsync(await _listener.AcceptTcpClientAsync(), brokerPort, _cut.Token);
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // Cut for good.
        }
    }

    private static async Task CarryAsync(TcpClient client, int brokerPort, CancellationToken cut)
    {
        using TcpClient near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, brokerPort, cut);
            await Task.WhenAll(near.GetStream().CopyToAsync(far.GetStream(), cut), far.GetStream().CopyToAsync(near.GetStream(), cut));
        }
        catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
        {
            // Cut, or one end hung up: leaving the block closes both ends.
        }
    }
}
