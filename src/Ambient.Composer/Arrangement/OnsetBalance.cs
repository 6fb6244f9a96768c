namespace Ambient.Composer.Arrangement;

/// <summary>Keeps the account of salient notes: what thin minutes, cards and chance left out, the minutes after them give back, and the other way round.</summary>
internal sealed class OnsetBalance
{
    private const double PaidMinutes = 3;
    private const double MostOwedMinutes = 2; // what is older than that is forgotten
    private const double Least = 0.6;
    private const double Most = 1.5;

    private double _owed;
    private double _perMinute = 1;

    /// <summary>Factor of density that pays the debt off within minutes, 0.6..1.5.</summary>
    public double Factor => Math.Clamp(1 + (_owed / (_perMinute * PaidMinutes)), Least, Most);

    /// <summary>Lets time pass in which so many notes a minute were wanted.</summary>
    public void Advance(double seconds, double perMinute)
    {
        _perMinute = perMinute;
        double most = MostOwedMinutes * perMinute;
        _owed = Math.Clamp(_owed + (perMinute * seconds / 60), -most, most);
    }

    /// <summary>Counts a note.</summary>
    public void Add() => _owed--;
}
