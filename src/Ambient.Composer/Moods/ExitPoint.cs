namespace Ambient.Composer.Moods;

/// <summary>Where in the music a change of mood may begin.</summary>
public enum ExitPoint
{
    /// <summary>Now.</summary>
    Immediate,

    /// <summary>On the next beat.</summary>
    Beat,

    /// <summary>On the next bar of four beats.</summary>
    Bar,

    /// <summary>When the phrase under way has ended.</summary>
    Phrase,
}
