namespace Ambient.Synth.Outputs;

/// <summary>One listener's place in a <see cref="ListenerRing"/>. One thread at a time.</summary>
public sealed class Listener
{
    private const int ReentryFrames = SynthEngine.SampleRateHz; // after falling behind: 1 s before now, room for both to breathe

    private readonly ListenerRing _ring;
    private long _next;

    internal Listener(ListenerRing ring)
    {
        _ring = ring;
        _next = ring.FramesWritten;
    }

    /// <summary>Frames that were skipped because this listener was more than 8 s late.</summary>
    public long FramesMissed { get; private set; }

    /// <summary>Copies the next frames there are; never waits.</summary>
    /// <param name="interleaved">16-bit samples, L R L R, shape [frames x 2].</param>
    /// <returns>Frames copied; 0 when there is nothing new.</returns>
    public int Read(Span<short> interleaved)
    {
        while (true)
        {
            long written = _ring.FramesWritten;
            int frames = (int)Math.Min(interleaved.Length / 2, written - _next);
            if (frames == 0) return 0;
            if (_ring.TryCopy(_next, interleaved[..(2 * frames)]))
            {
                _next += frames;
                return frames;
            }

            long reentry = Math.Max(_next, _ring.FramesWritten - ReentryFrames);
            FramesMissed += reentry - _next;
            _next = reentry;
        }
    }
}
