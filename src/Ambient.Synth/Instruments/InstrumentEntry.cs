using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>A line of the catalogue.</summary>
/// <param name="Name">What mood files and people call it; its preset file has the same name.</param>
/// <param name="Create">Makes one from a seed and the preset.</param>
internal sealed record InstrumentEntry(string Name, Func<uint, PresetReader, IInstrument> Create);
