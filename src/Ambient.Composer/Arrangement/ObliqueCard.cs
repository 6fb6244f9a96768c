namespace Ambient.Composer.Arrangement;

/// <summary>One thing that is different for a section, in the manner of Eno's and Schmidt's Oblique Strategies.</summary>
internal enum ObliqueCard
{
    /// <summary>As the mood has it.</summary>
    None,

    /// <summary>No drone.</summary>
    NoBass,

    /// <summary>The answering voice leads.</summary>
    SwapLeadAndAnswer,

    /// <summary>No chord has a third.</summary>
    FifthsOnly,

    /// <summary>Chords stay twice as long, fewer notes.</summary>
    HalfSpeed,

    /// <summary>The melody keeps to its lower octave.</summary>
    OctaveDown,

    /// <summary>Only the layers that always play.</summary>
    SingleTimbre,

    /// <summary>A minute of drone first.</summary>
    MinuteOfRest,
}
