namespace Ambient.Composer.Direction;

/// <summary>The delay that is wanted. A value.</summary>
/// <param name="Beats">From one echo to the next.</param>
/// <param name="Feedback">What an echo leaves to the next one, 0..0.9.</param>
/// <param name="Wet">Level of the first echo, 0..1; 0 is none, and the other two then say nothing.</param>
public readonly record struct IntentDelay(double Beats, double Feedback, double Wet)
{
    /// <summary>Between two delays: levels in equal steps; the grid of beats is one or the other, for nothing between them would be in time.</summary>
    /// <param name="from">At 0.</param>
    /// <param name="to">At 1.</param>
    /// <param name="amount">0..1.</param>
    public static IntentDelay Mix(in IntentDelay from, in IntentDelay to, double amount)
    {
        double wet = double.Lerp(from.Wet, to.Wet, amount);
        if (from.Wet == 0 || to.Wet == 0) return (to.Wet == 0 ? from : to) with { Wet = wet };
        return new(amount < 0.5 ? from.Beats : to.Beats, double.Lerp(from.Feedback, to.Feedback, amount), wet);
    }
}
