namespace Ambient.Composer.Midi;

/// <summary>A note of a MIDI file.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
/// <param name="Pitch">MIDI note.</param>
/// <param name="Velocity">1..127.</param>
/// <param name="Track">Name of its track: in our own files the instrument.</param>
public readonly record struct MidiNote(double Start, double End, int Pitch, int Velocity, string Track);
