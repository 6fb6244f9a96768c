using Ambient.Daemon.Web;

namespace Ambient.Daemon.Tests.Web;

/// <summary>A room that hears a ramp: sample n has the value n. Ten blocks at once, then one per wait.</summary>
internal sealed class Tone : IListenerSource
{
    public int Listeners { get; private set; }

    public IListener Open()
    {
        Listeners++;
        return new Ear(this);
    }

    private sealed class Ear(Tone owner) : IListener
    {
        private int _sample;
        private int _ready = 10;

        public int Read(Span<short> interleaved)
        {
            if (_ready-- <= 0) return 0;
            foreach (ref short sample in interleaved) sample = unchecked((short)_sample++);
            return interleaved.Length;
        }

        public async ValueTask WaitAsync(CancellationToken cancellation)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            _ready = 1;
        }

        public void Dispose() => owner.Listeners--;
    }
}
