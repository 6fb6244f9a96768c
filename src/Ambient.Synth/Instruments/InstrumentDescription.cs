namespace Ambient.Synth.Instruments;

/// <summary>What an instrument is, for people and for whoever writes for it.</summary>
/// <param name="Name">As in mood files.</param>
/// <param name="Description">One sentence.</param>
/// <param name="LowestNote">MIDI note from which it is at home.</param>
/// <param name="HighestNote">MIDI note up to which it is at home.</param>
/// <param name="IsTexture">Whether it sounds without notes, for as long as its gain is above 0.</param>
public sealed record InstrumentDescription(string Name, string Description, int LowestNote, int HighestNote, bool IsTexture);
