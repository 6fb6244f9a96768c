namespace Ambient.Composer.Direction;

/// <summary>The axes along which the room moves the music. Each runs from -1 to 1 within what the mood allows.</summary>
public enum IntentAxis
{
    /// <summary>Salient notes a minute.</summary>
    Density,

    /// <summary>How high it lies.</summary>
    Register,

    /// <summary>Dark to bright mode.</summary>
    Mode,

    /// <summary>Consonant to tense.</summary>
    Tension,

    /// <summary>How many voices sound at once.</summary>
    Polyphony,

    /// <summary>How often the harmony changes.</summary>
    HarmonicRhythm,

    /// <summary>Hidden pulse.</summary>
    Tempo,

    /// <summary>Level within the mood, ±1.5 LU.</summary>
    Loudness,

    /// <summary>Timbre: half an octave of cutoff each way.</summary>
    Brightness,

    /// <summary>How much the speaking layer has to say: at -1 it mostly rests.</summary>
    Speak,

    /// <summary>How much of the noise texture is heard.</summary>
    Texture,
}
