using Ambient.Synth.Metering;

namespace Ambient.Synth.Outputs;

/// <summary>The last hand on every frame, after all that could go wrong: fade-in, trim, the hard cap in A-weighted decibels, mute, and the meter.</summary>
/// <remarks>
/// Integers only, in the bus' own resolution: whoever plays in 16 bits rounds what comes out, once. At gain 1, which is where it
/// stands once faded in, samples pass untouched, bit by bit. Gains move within segments of 64 frames on a straight line. The cap
/// follows an A-weighted level of 125 ms: it falls at once, and rises again by at most
/// 6 dB/s, so it cannot pump. One audio thread; setters from any other.
/// </remarks>
public sealed class OutputStage
{
    /// <summary>Frames from mute asked for to silence: 10 ms.</summary>
    public const int MuteFrames = 480;

    private const int SegmentFrames = 64;
    private const int UnityBits = 24;
    private const int Unity = 1 << UnityBits;
    private const int FastFrames = 6_000; // 125 ms
    private const int CapRisePerSegment = 15_512; // of 2^24: 2^(1/750) - 1, i.e. 6 dB/s

    private readonly int _fadeFrames;
    private readonly int _rampPerSegment; // of 2^24, relative
    private AWeightingFilter _left;
    private AWeightingFilter _right;
    private ulong _fast; // level F of what left: energy per frame, both channels, EnergyBits
    private ulong _cap = ulong.MaxValue;
    private int _trim = Unity;
    private int _isMuted;
    private int _trimNow = Unity;
    private int _capNow = Unity;
    private long _fadedFrames;
    private int _gain;
    private long _cappedSegments;

    /// <param name="fadeInSeconds">From silence to full level after start and after a mute, 0..600.</param>
    /// <param name="rampDbPerSecond">Fastest that the trim moves, 0.01..60 dB/s.</param>
    public OutputStage(double fadeInSeconds = 0, double rampDbPerSecond = 3)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fadeInSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(rampDbPerSecond, 0.01);
        _fadeFrames = Math.Max(MuteFrames, (int)(fadeInSeconds * SynthEngine.SampleRateHz)); // after a mute it never clicks
        double segmentsPerSecond = (double)SynthEngine.SampleRateHz / SegmentFrames;
        _rampPerSegment = Math.Max(1, (int)((Math.Pow(10, rampDbPerSecond / segmentsPerSecond / 20) - 1) * Unity)); // at construction, not on the way to a sample
        if (fadeInSeconds == 0) (_gain, _fadedFrames) = (Unity, _fadeFrames);
    }

    /// <summary>What leaves, A-weighted.</summary>
    public OutputLevel Level { get; } = new();

    /// <summary>Segments of 64 frames in which the cap held something back.</summary>
    public long CappedSegments => Volatile.Read(ref _cappedSegments);

    /// <summary>Whether silence was asked for. Any thread.</summary>
    public bool IsMuted => Volatile.Read(ref _isMuted) != 0;

    /// <summary>Silence at once, or music again from a fade-in. Any thread.</summary>
    public void Mute(bool isMuted) => Volatile.Write(ref _isMuted, isMuted ? 1 : 0);

    /// <summary>Hard limit of the A-weighted level, dB relative to a full-scale sine; null for none. Any thread.</summary>
    public void Cap(double? levelDb) =>
        Volatile.Write(ref _cap, levelDb is { } db ? (ulong)(Math.Pow(10, Math.Clamp(db, -120, 20) / 10) * double.Exp2(OutputLevel.EnergyBits)) : ulong.MaxValue);

    /// <summary>A gain of at most 12 dB either way, reached at no more than the ramp of the constructor. Any thread.</summary>
    public void Trim(double gainDb) => Volatile.Write(ref _trim, (int)(Math.Pow(10, Math.Clamp(gainDb, -12, 12) / 20) * Unity));

    /// <summary>The trim as it stands now, dB, on its way to what was asked for. Any thread.</summary>
    public double TrimNowDb => 20 * Math.Log10(Math.Max(1, Volatile.Read(ref _trimNow)) / (double)Unity);

    /// <summary>What was muted in the device already need not fade again here. Audio thread.</summary>
    public void SkipMuteFade() => _gain = 0;

    /// <summary>Works on the frames in place. Audio thread; never allocates, waits or throws.</summary>
    /// <param name="interleavedQ31">Samples L R L R …, shape [frames x 2].</param>
    public void Process(Span<int> interleavedQ31)
    {
        for (int at = 0; at < interleavedQ31.Length; at += 2 * SegmentFrames)
            ProcessSegment(interleavedQ31.Slice(at, Math.Min(2 * SegmentFrames, interleavedQ31.Length - at)));
    }

    private void ProcessSegment(Span<int> segment)
    {
        int frames = segment.Length / 2;
        const int Shift = 2 * AWeightingFilter.FractionBits - OutputLevel.EnergyBits;
        AWeightingFilter left = _left, right = _right;
        ulong energy = 0;
        for (int i = 0; i + 1 < segment.Length; i += 2)
        {
            long l = left.Process(segment[i]), r = right.Process(segment[i + 1]);
            energy += (ulong)(l * l + r * r) >> Shift;
        }

        (_left, _right) = (left, right);
        int from = _gain, to = NextGain(energy, frames);
        if (to < from / 2 && !IsMuted) from = to; // more than 6 dB over the cap from one segment to the next: better a click than a breach
        _gain = to;
        long mean = ((long)from + to) / 2;
        Level.Add((ulong)((((UInt128)energy * (ulong)mean >> UnityBits) * (ulong)mean) >> UnityBits), frames);
        if (from == Unity && to == Unity) return;
        for (int i = 0; i < frames; i++)
        {
            long gain = from + (long)(to - from) * (i + 1) / frames;
            segment[2 * i] = Scale(segment[2 * i], gain);
            segment[2 * i + 1] = Scale(segment[2 * i + 1], gain);
        }
    }

    private int NextGain(ulong energy, int frames)
    {
        bool isMuted = Volatile.Read(ref _isMuted) != 0;
        _fadedFrames = isMuted ? 0 : Math.Min(_fadeFrames, _fadedFrames + frames);
        int target = Volatile.Read(ref _trim);
        int step = Math.Max(1, (int)((long)_trimNow * _rampPerSegment >> UnityBits));
        Volatile.Write(ref _trimNow, Math.Clamp(target, _trimNow - step, _trimNow + step));

        long gain = (long)_trimNow * Square((long)Unity * _fadedFrames / _fadeFrames) >> UnityBits;
        gain = gain * HoldCap(energy, frames, gain) >> UnityBits;
        Follow(energy, frames, gain);
        return isMuted ? Math.Max(0, _gain - (int)((long)Unity * frames / (MuteFrames - SegmentFrames))) : (int)gain;
    }

    // The level of what has left, time weighting F, plus this segment must stay under the cap: so much may still come.
    private long HoldCap(ulong energy, int frames, long gain)
    {
        ulong cap = Volatile.Read(ref _cap);
        ulong rest = _fast - _fast / FastFrames * (uint)frames;
        UInt128 leaving = ((UInt128)energy * (ulong)gain >> UnityBits) * (ulong)gain >> UnityBits;
        UInt128 room = rest >= cap ? 0 : (UInt128)(cap - rest) * FastFrames;
        int allowed = leaving <= room ? Unity : (int)SquareRoot((ulong)((room << (2 * UnityBits)) / leaving));
        if (allowed < Unity) Volatile.Write(ref _cappedSegments, _cappedSegments + 1);
        _capNow = Math.Min(allowed, _capNow + Math.Max(1, (int)((long)_capNow * CapRisePerSegment >> UnityBits)));
        return _capNow;
    }

    private void Follow(ulong energy, int frames, long gain)
    {
        ulong left = (ulong)(((UInt128)energy * (ulong)gain >> UnityBits) * (ulong)gain >> UnityBits);
        _fast = _fast - _fast / FastFrames * (uint)frames + left / FastFrames;
    }

    // Rounded at -186 dB, far below what any card can say; the 16-bit outputs dither afterwards.
    private static int Scale(int sampleQ31, long gain) => (int)Math.Clamp((sampleQ31 * gain + (Unity >> 1)) >> UnityBits, int.MinValue, int.MaxValue);

    private static long Square(long gain) => gain * gain >> UnityBits;

    private static ulong SquareRoot(ulong value)
    {
        ulong root = 0;
        for (int bit = 31; bit >= 0; bit--)
        {
            ulong next = root | 1UL << bit;
            if (next * next <= value) root = next;
        }

        return root;
    }
}
