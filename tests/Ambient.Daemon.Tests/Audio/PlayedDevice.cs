using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>A sound card of 8 x 1024 frames in slow motion: it plays a period whenever a write finds no room, and remembers what was heard.</summary>
internal sealed class PlayedDevice(bool canRewind, int bits = 16) : IAudioOutput
{
    public const int BufferFrames = 8 * 1_024;

    private readonly List<int> _written = [];
    private int _played;

    public string Name => "alsa:double";

    public bool IsPaced => true;

    public int Bits => bits;

    public long XrunCount { get; private set; }

    public int Drops { get; private set; }

    /// <summary>What was heard, then what is queued; Q31, shape [frames x 2].</summary>
    public int[] Frames
    {
        get
        {
            lock (_written) return [.. _written];
        }
    }

    /// <summary>Frames heard so far.</summary>
    public int Played
    {
        get
        {
            lock (_written) return _played;
        }
    }

    public Action<PlayedDevice>? BeforeWrite { get; set; }

    /// <summary>It ran dry: all that was queued has been heard.</summary>
    public void RunDry()
    {
        lock (_written) _played = _written.Count / 2;
        XrunCount++;
    }

    public int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31)
    {
        BeforeWrite?.Invoke(this);
        lock (_written)
        {
            for (int i = 0; i < interleaved.Length; i++) _written.Add(bits == 16 ? interleaved[i] << 16 : wideQ31[i]);
            if (_written.Count / 2 - _played > BufferFrames) _played = _written.Count / 2 - BufferFrames;
        }

        return interleaved.Length / 2;
    }

    public int Rewind(int keepFrames)
    {
        lock (_written)
        {
            int frames = canRewind ? Math.Max(0, _written.Count / 2 - _played - keepFrames) : 0;
            _written.RemoveRange(_written.Count - 2 * frames, 2 * frames);
            return frames;
        }
    }

    public void Drop()
    {
        lock (_written)
        {
            _written.RemoveRange(2 * _played, _written.Count - 2 * _played);
            Drops++;
        }
    }

    public void Dispose()
    {
        // Memory only.
    }
}
