namespace Ambient.Composer.Moods;

/// <summary>Who plays a role and how loud.</summary>
public sealed record MoodLayer
{
    /// <summary>An instrument of the synthesiser's catalogue, each at most once in a mood.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>Level relative to the instrument as designed, dB. -30..6.</summary>
    public double GainDb { get; set; }
}
