namespace Ambient.Sensors.Acoustics;

/// <summary>The last so many powers, for means and percentiles.</summary>
internal sealed class RecentLevels(int capacity)
{
    private readonly double[] _powers = new double[capacity];
    private readonly double[] _sorted = new double[capacity];
    private int _next;
    private int _count;

    public void Add(double power)
    {
        _powers[_next] = power;
        _next = (_next + 1) % _powers.Length;
        _count = Math.Min(_count + 1, _powers.Length);
    }

    public double Mean()
    {
        double sum = 0;
        for (int i = 0; i < _count; i++) sum += _powers[i];
        return _count == 0 ? 0 : sum / _count;
    }

    /// <summary>The power that is exceeded during a share of the time, e.g. 0.9: the background.</summary>
    public double Exceeded(double share)
    {
        if (_count == 0) return 0;
        _powers.AsSpan(0, _count).CopyTo(_sorted);
        _sorted.AsSpan(0, _count).Sort();
        double at = (1 - share) * (_count - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, _count - 1);
        return _sorted[below] + (at - below) * (_sorted[above] - _sorted[below]);
    }
}
