using Ambient.Daemon.Web;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Room;

/// <summary>Lets the console listen to the ring that the audio thread fills.</summary>
internal sealed class RingListeners(ListenerRing ring) : IListenerSource
{
    /// <inheritdoc/>
    public IListener Open() => new Ear(ring.Listen());

    private sealed class Ear(Listener listener) : IListener
    {
        private readonly PeriodicTimer _poll = new(TimeSpan.FromMilliseconds(20));

        public int Read(Span<short> interleaved) => 2 * listener.Read(interleaved);

        public async ValueTask WaitAsync(CancellationToken cancellation) => await _poll.WaitForNextTickAsync(cancellation);

        public void Dispose() => _poll.Dispose();
    }
}
