namespace Ambient.Composer.Models;

/// <summary>The words of the four-part score that the models read and write.</summary>
public static class ScoreTokens
{
    /// <summary>Voices, always in the order soprano, alto, tenor, bass.</summary>
    public const int Voices = 4;

    /// <summary>Index of the soprano: the speaking voice.</summary>
    public const int Soprano = 0;

    /// <summary>Index of the alto.</summary>
    public const int Alto = 1;

    /// <summary>Index of the tenor.</summary>
    public const int Tenor = 2;

    /// <summary>Index of the bass.</summary>
    public const int Bass = 3;

    /// <summary>MIDI note of token 0.</summary>
    public const int PitchMin = 24;

    /// <summary>Number of pitches: tokens 0..71 are MIDI notes 24..95.</summary>
    public const int PitchCount = 72;

    /// <summary>The voice is silent.</summary>
    public const int Silent = 72;

    /// <summary>Nothing yet: before the first frame, or not chosen. Only ever read by a model, never written.</summary>
    public const int None = 73;

    /// <summary>How many tokens a model may write.</summary>
    public const int Vocabulary = 73;

    /// <summary>Within a frame the outer voices are chosen first: the harmony hangs between them.</summary>
    public static ReadOnlySpan<int> SamplingOrder => [Soprano, Bass, Alto, Tenor];

    /// <summary>Whether it stands for a pitch.</summary>
    public static bool IsPitch(int token) => token is >= 0 and < PitchCount;

    /// <summary>MIDI note of a pitch token.</summary>
    public static int ToPitch(int token) => token + PitchMin;

    /// <summary>Token of a MIDI note; notes outside 24..95 move by octaves until they fit, -1 is silence.</summary>
    public static int FromPitch(int midiNote)
    {
        if (midiNote < 0) return Silent;
        int token = midiNote - PitchMin;
        while (token < 0) token += 12;
        while (token >= PitchCount) token -= 12;
        return token;
    }
}
