namespace Ambient.Composer.Evaluation;

/// <summary>What can be said about music from its notes alone.</summary>
/// <param name="CommonTones">Of alto, tenor and bass, voices that stay at a chord change; mean. Calm asks for about 2 of 4 with the held soprano.</param>
/// <param name="Movement">Semitones that alto, tenor and bass move together at a chord change; mean. At most 5.</param>
/// <param name="MelodicStep">Mean size of the speaking voice's intervals, semitones.</param>
/// <param name="Roughness">Of all four voices, weighted by time; mean. At most 0.55.</param>
/// <param name="RoughnessMax">The roughest frame. At most 0.75.</param>
/// <param name="KeyClarity">Mean over minutes. At least 0.75.</param>
/// <param name="Repetition">Share of 5-grams of (interval, gap) heard in the half hour before. 0.05 to 0.25.</param>
/// <param name="PitchClassesPerMinute">Mean.</param>
/// <param name="OnsetsPerMinute">Salient notes a minute.</param>
public sealed record MusicMeasures(
    double CommonTones,
    double Movement,
    double MelodicStep,
    double Roughness,
    double RoughnessMax,
    double KeyClarity,
    double Repetition,
    double PitchClassesPerMinute,
    double OnsetsPerMinute);
