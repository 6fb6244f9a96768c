namespace Ambient.Composer.Arrangement;

/// <summary>When the speaking layer speaks: phrases of a few notes, then a rest of 0.6 to 1.5 times their length, longer when it has little to say.</summary>
internal sealed class Phrasing(Prng chance)
{
    /// <summary>Notes of a phrase on average.</summary>
    public const double MeanNotes = 5;

    private const double GapSigma = 0.5; // spread of the gaps between notes, log-normal: more is bursty, less a grid
    private const double MeanRest = 1.05;
    private const double AbsentRest = 3; // a layer with nothing to say rests four times as long
    private const double ShortestRest = 0.8; // of the gap between notes
    private const double NearlySeconds = 0.3; // a step that would end so shortly before the next phrase waits for it

    private int _notesLeft;
    private int _notes;
    private double _owedSeconds;
    private double _restSeconds;

    /// <summary>Whether the next step may begin a phrase.</summary>
    public bool IsDue => _notesLeft == 0 && _restSeconds <= 0;

    /// <summary>Whether a phrase is under way.</summary>
    public bool IsInPhrase => _notesLeft > 0;

    /// <summary>Velocity of this phrase, 0..1.</summary>
    public double Velocity { get; private set; } = 0.5;

    /// <summary>Place of this phrase, -0.5..0.5.</summary>
    public double Pan { get; private set; }

    /// <summary>Mean seconds between the notes of a phrase so that, rests included, so many notes fall into a minute.</summary>
    public static double GapSeconds(double onsetsPerMinute, double presence) => 60 / (onsetsPerMinute * (1 + (MeanRest * RestFactor(presence))));

    /// <summary>Begins a phrase.</summary>
    /// <param name="recalledNotes">How many notes it recalls; 0 for a new phrase of 3 to 7.</param>
    public void Begin(int recalledNotes)
    {
        _notes = _notesLeft = recalledNotes > 0 ? recalledNotes : chance.Between(3, 7);
        _owedSeconds += _restSeconds; // what it had to wait for others to finish
        _restSeconds = 0;
        Velocity = Math.Clamp(0.5 * Math.Pow(10, 2.5 * chance.NextNormal() / 20), 0.25, 0.85); // sd 2.5 dB
        Pan = chance.Between(-0.5, 0.5);
    }

    /// <summary>A note had to wait: the rest to come is so much shorter.</summary>
    public void Owe(double seconds) => _owedSeconds -= seconds;

    /// <summary>Seconds until something may happen next.</summary>
    /// <param name="spoke">Whether the step just taken was one of a phrase.</param>
    /// <param name="gapSeconds">Mean distance between notes now.</param>
    /// <param name="presence">How much the layer has to say, 0..1.</param>
    /// <param name="recalledGap">The distance as it was when this was said before, if it was.</param>
    public double Next(bool spoke, double gapSeconds, double presence, double? recalledGap)
    {
        double median = gapSeconds * Math.Exp(-GapSigma * GapSigma / 2); // so that the mean is the gap
        double seconds = chance.LogNormal(median, GapSigma, 0.25, 4);
        if (spoke && --_notesLeft == 0)
        {
            // What this phrase took too long, its rest gives back, so that density stays what was asked whatever was recalled.
            double rest = (_notes * gapSeconds * (1 + (chance.Between(0.6, 1.5) * RestFactor(presence)))) + _owedSeconds;
            _restSeconds = Math.Max(rest, ShortestRest * gapSeconds);
            _owedSeconds = rest - _restSeconds;
        }

        if (_notesLeft > 0)
        {
            if (spoke) _owedSeconds -= recalledGap ?? seconds;
            return spoke ? recalledGap ?? seconds : seconds;
        }

        if (_restSeconds - seconds < NearlySeconds) seconds = _restSeconds;
        _restSeconds -= seconds;
        return seconds;
    }

    private static double RestFactor(double presence) => 1 + (AbsentRest * (1 - presence));
}
