namespace Ambient.Composer.Moods;

/// <summary>Who plays a role, how loud, and how much of it.</summary>
public sealed record MoodLayer
{
    /// <summary>An instrument of the synthesiser's catalogue, each at most once in a mood.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>Level relative to the instrument as designed, dB. -30..6.</summary>
    public double GainDb { get; set; }

    /// <summary>Who may take the role over for a section; each at most once in a mood.</summary>
    public string[] Alternates { get; set; } = [];

    /// <summary>Where the layer may go, MIDI notes, a hard limit; null is the role's own place (see <see cref="MoodRegisters"/>).</summary>
    public Bounds? Register { get; set; }

    /// <summary>Answer: probability that a phrase is answered. Pulse and loops: share of the salient notes that are theirs. 0..1; null is the role's own.</summary>
    public double? Share { get; set; }

    /// <summary>Glint: notes a minute. Sign: how often the motif sounds, times a minute. 0.01..6; null is the role's own.</summary>
    public double? PerMinute { get; set; }

    /// <summary>Sign: its motif as steps of the scale and beats, <c>[[0, 1], [2, 1], [1, 2]]</c>.</summary>
    public double[][] Motif { get; set; } = [];

    /// <summary>Whether the layer comes and goes with the sections. Default: bed, floor, speak, glint, sign and texture stay, the others come and go.</summary>
    public bool? ComesAndGoes { get; set; }
}
