namespace Ambient.Composer.Moods;

/// <summary>Where each voice may go, MIDI notes, hard limits. At least an octave each, so that every scale has notes there.</summary>
public sealed record MoodRegisters
{
    /// <summary>The speaking voice.</summary>
    public Bounds Soprano { get; set; } = new(62, 76);

    /// <summary>Upper pad voice.</summary>
    public Bounds Alto { get; set; } = new(55, 69);

    /// <summary>Lower pad voice.</summary>
    public Bounds Tenor { get; set; } = new(48, 62);

    /// <summary>Foot of the bed.</summary>
    public Bounds Bass { get; set; } = new(41, 53);

    /// <summary>The drone, which doubles the bass moved here by octaves.</summary>
    public Bounds Floor { get; set; } = new(36, 47);

    /// <summary>Where rare single notes may lie; a layer's own register takes precedence.</summary>
    public Bounds Glint { get; set; } = new(72, 84);

    /// <summary>Of a voice in the model's order: soprano, alto, tenor, bass.</summary>
    public Bounds this[int voice] => voice switch { 0 => Soprano, 1 => Alto, 2 => Tenor, _ => Bass };
}
