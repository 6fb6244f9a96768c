using Ambient.Synth;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>The last frames that an output took, as long as it could give them back: 16 periods of 1024. Audio thread; never allocates.</summary>
/// <param name="engine">Rounds what is written once more.</param>
/// <param name="framesBefore">Frames that were sent already, as if it had run for days.</param>
internal sealed class SentFrames(SynthEngine engine, long framesBefore = 0)
{
    private const int CapacityFrames = 16 * 1_024;
    private const int ChunkFrames = 256;

    private readonly int[] _samplesQ31 = new int[2 * CapacityFrames];
    private readonly int[] _chunkQ31 = new int[2 * ChunkFrames];
    private readonly short[] _chunk = new short[2 * ChunkFrames];
    private long _frames = framesBefore;

    /// <summary>Remembers what was accepted.</summary>
    public void Add(ReadOnlySpan<int> wideQ31)
    {
        int at = (int)(_frames % CapacityFrames) * 2;
        int untilEnd = Math.Min(wideQ31.Length, _samplesQ31.Length - at);
        wideQ31[..untilEnd].CopyTo(_samplesQ31.AsSpan(at));
        wideQ31[untilEnd..].CopyTo(_samplesQ31);
        _frames += wideQ31.Length / 2;
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
                int gainQ30 = source < 0 || frames > CapacityFrames ? 0 : (int)((Math.Max(0L, fadeFrames - done - i) << 30) / fadeFrames);
                _chunkQ31[2 * i] = gainQ30 == 0 ? 0 : (int)((long)_samplesQ31[source] * gainQ30 >> 30);
                _chunkQ31[2 * i + 1] = gainQ30 == 0 ? 0 : (int)((long)_samplesQ31[source + 1] * gainQ30 >> 30);
            }

            Span<short> chunk = _chunk.AsSpan(0, 2 * count);
            engine.Round(_chunkQ31.AsSpan(0, 2 * count), chunk);
            if (output.Write(chunk, _chunkQ31.AsSpan(0, 2 * count)) < 0) return; // lost just now, and so silent; the next write tells
        }
    }
}
