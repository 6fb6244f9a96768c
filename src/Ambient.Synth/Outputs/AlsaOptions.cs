namespace Ambient.Synth.Outputs;

/// <summary>What an ALSA device is asked for; it may agree on something near.</summary>
/// <param name="PeriodFrames">Frames per interrupt, 64..1024. Default 1024: 21 ms.</param>
/// <param name="Periods">Periods in the device's buffer, 2..16. Default 8: 171 ms, which forgives the garbage collector its pauses.</param>
public sealed record AlsaOptions(int PeriodFrames = 1_024, int Periods = 8);
