namespace Ambient.Sensors.Fusion;

/// <summary>Exponential ageing: how much of something is left, or has been reached, after a time.</summary>
internal static class Decay
{
    /// <summary>1 at once, 1/e after <paramref name="timeConstant"/>, towards 0. Times before 0 count as 0.</summary>
    public static double Left(TimeSpan age, TimeSpan timeConstant) => Math.Exp(-Math.Max(0, age / timeConstant));

    /// <summary>Where <paramref name="from"/> stands on its way to <paramref name="to"/>.</summary>
    public static double Towards(double from, double to, TimeSpan elapsed, TimeSpan timeConstant) =>
        to + (from - to) * Left(elapsed, timeConstant);

    /// <summary><c>14 s</c>, <c>3 min</c>, <c>5 h</c>.</summary>
    public static string Say(TimeSpan age) => age switch
    {
        { TotalSeconds: < 120 } => FormattableString.Invariant($"{Math.Max(0, age.TotalSeconds):0} s"),
        { TotalMinutes: < 120 } => FormattableString.Invariant($"{age.TotalMinutes:0} min"),
        _ => FormattableString.Invariant($"{age.TotalHours:0} h"),
    };
}
