namespace Ambient.Synth.Arithmetic;

/// <summary>A random walk without corners: from one random level to the next along half a cosine, each leg of random length.</summary>
/// <param name="minTicks">Shortest leg.</param>
/// <param name="maxTicks">Longest leg.</param>
internal struct SlowWalk(int minTicks, int maxTicks)
{
    private int _from;
    private int _to;
    private int _tick;
    private int _ticks;

    /// <summary>The level of the next tick, Q31 in [-1, 1].</summary>
    public int Next(ref Xorshift32 random)
    {
        if (_tick == _ticks)
        {
            _from = _to;
            _to = random.NextQ31();
            _tick = 0;
            _ticks = random.NextBetween(minTicks, maxTicks);
        }

        int positionQ31 = (int)(((long)_tick++ << 31) / _ticks);
        return (int)(_from + (((long)_to - _from) * SineTable.RaisedCosine(positionQ31) >> 31));
    }
}
