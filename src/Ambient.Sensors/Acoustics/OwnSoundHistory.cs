namespace Ambient.Sensors.Acoustics;

/// <summary>What was played during the last minutes: its power over any stretch.</summary>
internal sealed class OwnSoundHistory
{
    private const int Capacity = 2_048; // 200 s of tenths; windows reach back two seconds

    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(2); // a longer gap is one in the telling, not in the sound

    private readonly long[] _ticks = new long[Capacity];
    private readonly double[] _energy = new double[Capacity]; // up to that moment: power times ticks
    private long _count;

    public bool IsEmpty => _count < 2;

    /// <summary>Takes a power that held since the last one told.</summary>
    public void Add(DateTimeOffset until, double power)
    {
        long ticks = until.UtcTicks;
        double energy = 0;
        if (_count > 0)
        {
            int last = (int)((_count - 1) % Capacity);
            long step = ticks - _ticks[last];
            if (step <= 0) return;
            if (step > LongestStep.Ticks) _count = 0;
            else energy = _energy[last] + power * step;
        }

        int at = (int)(_count++ % Capacity);
        (_ticks[at], _energy[at]) = (ticks, energy);
    }

    /// <summary>Mean power over a stretch; false where it is not known.</summary>
    public bool TryMean(DateTimeOffset from, DateTimeOffset to, out double power)
    {
        power = 0;
        if (IsEmpty || !TryEnergy(from.UtcTicks, out double before) || !TryEnergy(to.UtcTicks, out double after)) return false;
        power = Math.Max(0, after - before) / (to.UtcTicks - from.UtcTicks);
        return true;
    }

    private bool TryEnergy(long ticks, out double energy)
    {
        energy = 0;
        long high = _count - 1, low = Math.Max(0, _count - Capacity);
        if (ticks < _ticks[low % Capacity] || ticks > _ticks[high % Capacity] + LongestStep.Ticks / 4) return false;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            if (_ticks[middle % Capacity] <= ticks) low = middle;
            else high = middle;
        }

        // Between two moments the power was constant; a little after the last one it is taken to go on.
        int a = (int)(low % Capacity), b = (int)(high % Capacity);
        double share = (double)(ticks - _ticks[a]) / (_ticks[b] - _ticks[a]);
        energy = _energy[a] + share * (_energy[b] - _energy[a]);
        return true;
    }
}
