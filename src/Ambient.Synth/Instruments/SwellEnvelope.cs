using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>The slow envelope of beds: a raised-cosine attack, a sag to -3 dB, an exponential release. One step per tick.</summary>
/// <param name="attackTicks">Ticks from silence to the top.</param>
/// <param name="releaseTicks">Ticks of release until -60 dB.</param>
internal struct SwellEnvelope(int attackTicks, int releaseTicks)
{
    private const int SustainQ31 = 1_518_500_249; // -3 dB
    private const int SagTicks = 4 * Voice.TicksPerSecond;

    private readonly Q31 _releasePerTick = Q31.Decay(Voice.TickFrames, (long)releaseTicks * Voice.TickFrames);
    private int _tick;
    private bool _isReleasing;

    /// <summary>Where the envelope stands, Q31; negative once it is over.</summary>
    public int LevelQ31 { get; private set; }

    /// <summary>Turns to the release, from wherever the envelope is.</summary>
    public void Release() => _isReleasing = true;

    /// <summary>Moves on by one tick.</summary>
    public int Next()
    {
        if (_isReleasing) return LevelQ31 = Voice.Fall(LevelQ31, _releasePerTick);
        if (_tick >= attackTicks + SagTicks) return LevelQ31 = SustainQ31;
        _tick++;
        if (_tick <= attackTicks) return LevelQ31 = SineTable.RaisedCosine(Position(_tick, attackTicks));
        Q31 sag = new(SineTable.RaisedCosine(Position(_tick - attackTicks, SagTicks)));
        return LevelQ31 = int.MaxValue - sag * (int.MaxValue - SustainQ31);
    }

    private static int Position(int tick, int ticks) => (int)(((long)tick * int.MaxValue) / ticks);
}
