using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ambient.Synth.Metering;

namespace Ambient.System.Tests;

/// <summary>A WAV file as it came out of the sound card, and what an ear or an engineer would object to in it.</summary>
internal sealed class RecordedSound
{
    public const int SampleRateHz = 48_000;
    private const int HeaderBytes = 44;
    private const int SliceFrames = SampleRateHz / 1_000;

    private readonly byte[] _file;

    public RecordedSound(string path) => _file = File.ReadAllBytes(path);

    /// <summary>16-bit samples, L R L R.</summary>
    public ReadOnlySpan<short> Samples => MemoryMarshal.Cast<byte, short>(_file.AsSpan(HeaderBytes));

    public int Frames => Samples.Length / 2;

    /// <summary>Whether the sizes in the header are those of the file: it was closed, not cut off.</summary>
    public bool IsComplete =>
        BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(4)) == _file.Length - 8
        && BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(40)) == _file.Length - HeaderBytes;

    public int Peak
    {
        get
        {
            int peak = 0;
            foreach (short sample in Samples) peak = Math.Max(peak, Math.Abs((int)sample));
            return peak;
        }
    }

    /// <summary>Longest run of frames that are exactly zero: a gap in the music.</summary>
    public int LongestSilenceFrames(int fromFrame, int toFrame)
    {
        int longest = 0, run = 0;
        ReadOnlySpan<short> samples = Samples;
        for (int frame = fromFrame; frame < toFrame; frame++)
        {
            run = samples[2 * frame] == 0 && samples[2 * frame + 1] == 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>
    /// Clicks: milliseconds whose curvature (second difference) is far above that of the 20 ms around them. A step or a lost frame
    /// bends the signal within a few samples; an attack, however sharp, takes several milliseconds here.
    /// </summary>
    /// <returns>Frames at which they stand.</returns>
    public static List<int> Clicks(ReadOnlySpan<short> interleaved)
    {
        const double Ratio = 20; // 26 dB over the neighbourhood
        const double Floor = 12; // LSB rms of curvature: dither alone is 3
        int slices = interleaved.Length / 2 / SliceFrames;
        var curvature = new double[slices];
        for (int slice = 0; slice < slices; slice++)
        {
            double worst = 0;
            for (int frame = Math.Max(2, slice * SliceFrames); frame < (slice + 1) * SliceFrames; frame++)
            {
                for (int channel = 0; channel < 2; channel++)
                {
                    int at = 2 * frame + channel;
                    worst = Math.Max(worst, Math.Abs(interleaved[at] - 2.0 * interleaved[at - 2] + interleaved[at - 4]));
                }
            }

            curvature[slice] = worst;
        }

        var clicks = new List<int>();
        var around = new double[20];
        for (int slice = 10; slice < slices - 10; slice++)
        {
            curvature.AsSpan(slice - 10, 10).CopyTo(around);
            curvature.AsSpan(slice + 1, 9).CopyTo(around.AsSpan(10));
            around[19] = Floor;
            Array.Sort(around);
            if (curvature[slice] > Ratio * Math.Max(Floor, around[10])) clicks.Add(slice * SliceFrames);
        }

        return clicks;
    }

    /// <summary>Integrated loudness of a stretch, LUFS.</summary>
    public double Lufs(int fromFrame, int toFrame)
    {
        var meter = new LoudnessMeter();
        meter.Add(Samples[(2 * fromFrame)..(2 * toFrame)]);
        return meter.IntegratedLufs;
    }
}
