namespace Ambient.Composer.Arrangement;

/// <summary>The form over minutes: thin minutes, breaths in the bed, the drone's rests, pedal points, and a slow tide of energy.</summary>
internal sealed class Form(Prng chance)
{
    private const double RestsApartSeconds = 600;
    private const double TideDensity = 0.2; // ±20 %

    private readonly Alternation _thin = new(chance.Split(), 720, 1_200, 60, 90);
    private readonly Alternation _bedBreath = new(chance.Split(), 180, 300, 8, 20);
    private readonly Alternation _floorRest = new(chance.Split(), 360, 720, 60, 100);
    private readonly Alternation _pedal = new(chance.Split(), 180, 360, 120, 360);
    private readonly double _tidePeriodSeconds = chance.Between(180, 300);
    private readonly double _tidePhase = chance.NextDouble();
    private double _seconds;
    private double _rest;
    private double _sinceThin;

    /// <summary>Only floor and texture for a minute.</summary>
    public bool IsThin => _thin.IsOn || _rest > 0;

    /// <summary>While one mood becomes another the bed carries the music and does not breathe: out of a breath into a new harmony would be a swell.</summary>
    public bool IsChanging { get; set; }

    /// <summary>The bed lets its chord die away and enters anew.</summary>
    public bool IsBedBreathing => !IsChanging && (_bedBreath.IsOn || IsThin);

    /// <summary>The drone rests, so that no pitch is heard for ever; never while everything else is thin.</summary>
    public bool IsFloorResting => _floorRest.IsOn && !IsThin;

    /// <summary>The bass stays where it is.</summary>
    public bool IsPedal => _pedal.IsOn;

    /// <summary>Factor of density, 0.8..1.2: two slow waves whose periods never meet.</summary>
    public double Tide => 1 + (TideDensity * 0.5 * (Wave(_tidePeriodSeconds) + Wave(_tidePeriodSeconds * 1.618)));

    /// <summary>Only floor and texture for a while.</summary>
    public void Rest(double seconds)
    {
        if (_sinceThin >= RestsApartSeconds) _rest = seconds;
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(double seconds)
    {
        _seconds += seconds;
        _rest -= seconds;
        _sinceThin = IsThin ? 0 : _sinceThin + seconds;
        _thin.Advance(seconds);
        _bedBreath.Advance(seconds);
        _floorRest.Advance(seconds);
        _pedal.Advance(seconds);
    }

    private double Wave(double period) => Math.Sin(2 * Math.PI * ((_seconds / period) + _tidePhase));
}
