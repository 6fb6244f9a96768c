namespace Ambient.Composer.Moods;

/// <summary>What a layer is for.</summary>
public enum LayerRole
{
    /// <summary>The voice-led chords that fill the room.</summary>
    Bed,

    /// <summary>The drone underneath.</summary>
    Floor,

    /// <summary>The salient notes: phrases and rests.</summary>
    Speak,

    /// <summary>Noise, which follows the room.</summary>
    Texture,
}
