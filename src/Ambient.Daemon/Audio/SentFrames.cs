using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>The last frames that an output took, as long as it could give them back: 16 periods of 1024. Audio thread; never allocates.</summary>
internal sealed class SentFrames
{
    private const int CapacityFrames = 16 * 1_024;
    private const int ChunkFrames = 256;

    private readonly short[] _samples = new short[2 * CapacityFrames];
    private readonly short[] _chunk = new short[2 * ChunkFrames];
    private long _frames;

    /// <summary>Remembers what was accepted.</summary>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        int at = (int)(_frames % CapacityFrames) * 2;
        int untilEnd = Math.Min(interleaved.Length, _samples.Length - at);
        interleaved[..untilEnd].CopyTo(_samples.AsSpan(at));
        interleaved[untilEnd..].CopyTo(_samples);
        _frames += interleaved.Length / 2;
    }

    /// <summary>Writes the last frames once more, after the output gave them back: as a linear fade to nothing, then zeros.</summary>
    public void SilenceLast(int frames, int fadeFrames, IAudioOutput output)
    {
        for (int done = 0; done < frames; done += ChunkFrames)
        {
            int count = Math.Min(ChunkFrames, frames - done);
            for (int i = 0; i < count; i++)
            {
                long at = _frames - frames + done + i;
                int source = at < 0 ? -1 : (int)(at % CapacityFrames) * 2;
                int gainQ15 = source < 0 || frames > CapacityFrames ? 0 : Math.Max(0, (fadeFrames - done - i) << 15) / fadeFrames;
                _chunk[2 * i] = gainQ15 == 0 ? (short)0 : (short)(_samples[source] * gainQ15 >> 15);
                _chunk[2 * i + 1] = gainQ15 == 0 ? (short)0 : (short)(_samples[source + 1] * gainQ15 >> 15);
            }

            if (output.Write(_chunk.AsSpan(0, 2 * count)) < 0) return; // lost just now, and so silent; the next write tells
        }
    }
}
