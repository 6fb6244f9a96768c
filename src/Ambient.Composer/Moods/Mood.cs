using System.Text.Json.Serialization;

namespace Ambient.Composer.Moods;

/// <summary>A mood file: the bounds that a composer draws and that the model composes inside of. Not changed once it is read.</summary>
/// <remarks>Setters and not init: generated readers reset init-only properties that a file leaves out (.NET 10). Every key is described for editors in <c>moods/mood.schema.json</c>; ranges are checked by <see cref="MoodCheck"/>.</remarks>
public sealed record Mood
{
    private (string Corpus, double Weight)[]? _corpusMix;

    /// <summary>Where an editor finds the schema; ignored.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>Its name, as in <c>mood/set</c>; equal to the file's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>One line for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>True for a mood that is silence; everything else is then left out. Default false.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How pleasant, -1..1 (Russell's circumplex). For people and for mixing moods.</summary>
    public double Valence { get; set; }

    /// <summary>How awake, -1..1.</summary>
    public double Arousal { get; set; }

    /// <summary>Which pitches there are.</summary>
    public MoodPalette Palette { get; set; } = new();

    /// <summary>Where each voice may go, MIDI notes; a hard limit.</summary>
    public MoodRegisters Registers { get; set; } = new();

    /// <summary>The hidden pulse.</summary>
    public MoodPulse Pulse { get; set; } = new();

    /// <summary>Salient notes a minute in an inhabited room; an empty one has about half of the least. 0.5..45.</summary>
    public Bounds OnsetsPerMinute { get; set; } = new(8, 14);

    /// <summary>How long a pad chord stays, seconds. 4..120.</summary>
    public Bounds DwellSeconds { get; set; } = new(12, 20);

    /// <summary>What plays what; keys are the names of <see cref="LayerRole"/>. A role that is left out is silent.</summary>
    public Dictionary<string, MoodLayer> Layers { get; set; } = [];

    /// <summary>The room around the sound.</summary>
    public MoodReverb Reverb { get; set; } = new();

    /// <summary>Echoes in time with the pulse; none unless a mood asks for them.</summary>
    public MoodDelay Delay { get; set; } = new();

    /// <summary>Loudness in LU relative to -26 LUFS; makes the mood's own level 60 + L / 0.5. -10..5.</summary>
    public double LoudnessLu { get; set; }

    /// <summary>Timbre in octaves of cutoff relative to each instrument as designed. -1..1.</summary>
    public double BrightnessOctaves { get; set; }

    /// <summary>How changes into and out of this mood go; where nothing fits, <see cref="MoodTransition.Default"/>.</summary>
    public MoodTransition[] Transitions { get; set; } = [];

    /// <summary>Where the mood leads in the course of time; null stays where it is.</summary>
    public MoodJourney? Journey { get; set; }

    /// <summary>How strongly the time of day bends density and timbre: 0 not at all, 1 from ×1.15 in the morning to half at night.</summary>
    public double DayArc { get; set; } = 1;

    /// <summary>In whose manner the model writes: corpus and weight.</summary>
    public Dictionary<string, double> Corpora { get; set; } = [];

    /// <summary><see cref="Corpora"/> with weights that add up to 1.</summary>
    [JsonIgnore]
    public (string Corpus, double Weight)[] CorpusMix => _corpusMix ??= [.. Corpora.Select(entry => (entry.Key, entry.Value / Corpora.Values.Sum()))];

    /// <summary>Where the axes stand when nothing is known of the room, -1..1; an axis left out stands at 0.</summary>
    public Dictionary<string, double> Intent { get; set; } = [];

    /// <summary>How far each feature of the room pushes each axis: feature, axis, push at the feature's extreme, -2..2.</summary>
    public Dictionary<string, Dictionary<string, double>> Follows { get; set; } = [];

    /// <summary>Level that the mood asks for itself, 0..100: 60 + L / 0.5; 0 when it is silence.</summary>
    [JsonIgnore]
    public double OwnLevel => IsSilent ? 0 : Math.Clamp(60 + (LoudnessLu / MoodRequest.DbPerLevelStep), 0, 100);

    /// <summary>Every palette that the mood can have.</summary>
    public IEnumerable<Palette> AllPalettes() =>
        Enumerable.Range(0, Palette.Tonics.Length).SelectMany(tonic => Enumerable.Range(0, Palette.Scales.Length).Select(scale => Palette.On(tonic, scale)));

    /// <summary>The mood as it is so far along its <see cref="Journey"/>.</summary>
    /// <param name="progress">0 at the beginning, 1 at the end.</param>
    public Mood Along(double progress)
    {
        if (Journey is not { } end || progress <= 0) return this;
        double t = Math.Min(1, progress);
        return this with
        {
            OnsetsPerMinute = Mix(OnsetsPerMinute, end.OnsetsPerMinute, t),
            DwellSeconds = Mix(DwellSeconds, end.DwellSeconds, t),
            Pulse = Pulse with { Bpm = Mix(Pulse.Bpm, end.Bpm, t) },
            LoudnessLu = double.Lerp(LoudnessLu, end.LoudnessLu ?? LoudnessLu, t),
            BrightnessOctaves = double.Lerp(BrightnessOctaves, end.BrightnessOctaves ?? BrightnessOctaves, t),
            Palette = Palette with { OmitThird = double.Lerp(Palette.OmitThird, end.OmitThird ?? Palette.OmitThird, t) },
        };
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    private static Bounds Mix(Bounds from, Bounds? to, double t) =>
        to is { } end ? new(from.Min * Math.Pow(end.Min / from.Min, t), from.Max * Math.Pow(end.Max / from.Max, t)) : from;
}
