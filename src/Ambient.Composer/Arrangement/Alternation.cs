namespace Ambient.Composer.Arrangement;

/// <summary>Something that is off for a while and on for a while, for ever, never at the same distance twice.</summary>
internal sealed class Alternation(Prng chance, double offMinSeconds, double offMaxSeconds, double onMinSeconds, double onMaxSeconds)
{
    private double _remaining = chance.Between(0.5 * offMinSeconds, offMaxSeconds);

    /// <summary>Whether it is on.</summary>
    public bool IsOn { get; private set; }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        _remaining -= seconds;
        if (_remaining > 0) return;
        IsOn = !IsOn;
        _remaining = IsOn ? chance.Between(onMinSeconds, onMaxSeconds) : chance.Between(offMinSeconds, offMaxSeconds);
    }
}
