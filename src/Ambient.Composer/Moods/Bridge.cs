namespace Ambient.Composer.Moods;

/// <summary>What sounds between an old and a new harmony.</summary>
public enum Bridge
{
    /// <summary>Nothing: the new palette follows at once, over the tones it shares with the old one.</summary>
    None,

    /// <summary>Only tones that both palettes have.</summary>
    Shared,

    /// <summary>Open fifths that both palettes have.</summary>
    Fifths,

    /// <summary>The chord dies away; drone and reverb lead over.</summary>
    Drone,
}
