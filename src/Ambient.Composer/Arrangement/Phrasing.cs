namespace Ambient.Composer.Arrangement;

/// <summary>When the speaking layer speaks: phrases of 3 to 7 notes, then a rest of 0.6 to 1.5 times their length, longer when it has little to say.</summary>
internal sealed class Phrasing(Prng chance)
{
    private const double MeanRest = 1.05;
    private const double AbsentRest = 3; // a layer with nothing to say rests four times as long

    private int _notesLeft;
    private double _phraseSeconds;
    private double _restSeconds;
    private bool _isSpeaking;

    /// <summary>Velocity of this phrase, 0..1.</summary>
    public double Velocity { get; private set; } = 0.5;

    /// <summary>Place of this phrase, -0.5..0.5.</summary>
    public double Pan { get; private set; }

    /// <summary>Mean seconds between the notes of a phrase so that, rests included, so many notes fall into a minute.</summary>
    public static double GapSeconds(double onsetsPerMinute, double presence) => 60 / (onsetsPerMinute * (1 + (MeanRest * RestFactor(presence))));

    /// <summary>Whether the step that begins now speaks; draws the next phrase when its time has come.</summary>
    public bool Speaks()
    {
        if (_restSeconds > 0) return false;
        if (_notesLeft == 0)
        {
            _notesLeft = chance.Between(3, 7);
            _phraseSeconds = 0;
            Velocity = Math.Clamp(0.5 * Math.Pow(10, 2.5 * chance.NextNormal() / 20), 0.25, 0.85); // sd 2.5 dB
            Pan = chance.Between(-0.5, 0.5);
        }

        _notesLeft--;
        return _isSpeaking = true;
    }

    /// <summary>Lets the step's time pass.</summary>
    /// <param name="seconds">Length of the step.</param>
    /// <param name="presence">How much the layer has to say, 0..1.</param>
    public void Advance(double seconds, double presence)
    {
        if (!_isSpeaking)
        {
            _restSeconds -= seconds;
            return;
        }

        _isSpeaking = false;
        _phraseSeconds += seconds;

        // A rest ends with the step in which it runs out: on average half a step late, so it starts half a step short.
        if (_notesLeft == 0) _restSeconds = (_phraseSeconds * chance.Between(0.6, 1.5) * RestFactor(presence)) - (0.5 * seconds);
    }

    private static double RestFactor(double presence) => 1 + (AbsentRest * (1 - presence));
}
