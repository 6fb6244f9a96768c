namespace Ambient.Synth.Instruments;

/// <summary>A line of the catalogue.</summary>
/// <param name="Name">What mood files and people call it.</param>
/// <param name="Create">Makes one from a seed.</param>
/// <param name="GainQ15">Gain at start; 32 768 is 0 dB. Textures start silent.</param>
/// <param name="SendQ15">Reverb send at start.</param>
internal sealed record InstrumentEntry(string Name, Func<uint, IInstrument> Create, int GainQ15, int SendQ15);
