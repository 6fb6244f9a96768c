namespace Ambient.Composer.Arrangement;

/// <summary>The answer to a person's button: the music bows by 3 dB at once and comes back at a decibel a second, while the change begins.</summary>
internal sealed class Duck
{
    /// <summary>How deep, dB.</summary>
    public const double DepthDb = -3;

    private const double FallSeconds = 0.3;
    private const double HoldSeconds = 1;
    private const double ReturnDbPerSecond = 0.8;

    private long _start = long.MinValue / 2;

    /// <summary>Begins at a frame.</summary>
    public void Begin(long frame) => _start = frame;

    /// <summary>What it takes off at a frame, dB, 0 or less.</summary>
    public double DbAt(long frame)
    {
        double seconds = (double)(frame - _start) / Frames.PerSecond;
        if (seconds <= 0) return 0;
        if (seconds < FallSeconds) return DepthDb * seconds / FallSeconds;
        return Math.Min(0, DepthDb + (ReturnDbPerSecond * Math.Max(0, seconds - HoldSeconds)));
    }
}
