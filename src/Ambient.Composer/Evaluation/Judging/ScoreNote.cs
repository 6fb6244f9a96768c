namespace Ambient.Composer.Evaluation.Judging;

/// <summary>A note as a judge hears it.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Pitch">MIDI note.</param>
/// <param name="Instrument">Who plays it.</param>
/// <param name="IsSalient">Whether its beginning is noticed: an attack shorter than a second.</param>
/// <param name="IsChord">Whether it is part of the chords, and not of a voice that wanders through them or a drone below.</param>
/// <param name="IsMelody">Whether the voice that speaks plays it.</param>
public readonly record struct ScoreNote(double Start, double End, int Pitch, string Instrument, bool IsSalient, bool IsChord = false, bool IsMelody = false);
