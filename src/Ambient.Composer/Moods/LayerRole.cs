namespace Ambient.Composer.Moods;

/// <summary>What a layer is for.</summary>
public enum LayerRole
{
    /// <summary>The voice-led chords that fill the room.</summary>
    Bed,

    /// <summary>A second timbre on the bed's inner voices: a choir, a breath, an organ.</summary>
    Halo,

    /// <summary>The drone underneath.</summary>
    Floor,

    /// <summary>One soft voice that wanders among the tones of the chord while the chord stays.</summary>
    Motion,

    /// <summary>The salient notes: phrases and rests.</summary>
    Speak,

    /// <summary>Takes up the end of a phrase in another timbre.</summary>
    Answer,

    /// <summary>A short pattern on the pulse that changes a note at a time.</summary>
    Pulse,

    /// <summary>A few notes, each on a loop of its own; the loops never meet.</summary>
    Loops,

    /// <summary>A rare single note, high or deep.</summary>
    Glint,

    /// <summary>The mood's own motif, in a timbre that nothing else uses.</summary>
    Sign,

    /// <summary>Noise, which follows the room.</summary>
    Texture,

    /// <summary>A second noise over the first: leaves over wind.</summary>
    Air,
}
