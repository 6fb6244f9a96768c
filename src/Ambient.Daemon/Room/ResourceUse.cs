namespace Ambient.Daemon.Room;

/// <summary>What the process costs, measured between calls.</summary>
internal sealed class ResourceUse(TimeProvider time)
{
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private long _since = time.GetTimestamp();
    private double _percent;

    /// <summary>Resident memory, MB of 10^6 bytes.</summary>
    public static double RssMb => Math.Round(Environment.WorkingSet / 1e6, 1);

    /// <summary>Processor time since the last reading that is at least five seconds old, percent of one core.</summary>
    public double CpuPercent()
    {
        TimeSpan elapsed = time.GetElapsedTime(_since);
        if (elapsed < TimeSpan.FromSeconds(5)) return _percent;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        _percent = Math.Round(100 * (cpu - _cpu) / elapsed, 2);
        (_cpu, _since) = (cpu, time.GetTimestamp());
        return _percent;
    }
}
