namespace Ambient.Synth;

/// <summary>What a <see cref="ScoreEvent"/> asks for.</summary>
public enum ScoreEventKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Start a note.</summary>
    NoteOn,

    /// <summary>Begin a note's release.</summary>
    NoteOff,

    /// <summary>Glide a parameter to a value.</summary>
    Parameter,

    /// <summary>Drop queued events of an earlier plan.</summary>
    Revoke,
}
