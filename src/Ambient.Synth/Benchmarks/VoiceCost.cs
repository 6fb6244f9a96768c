namespace Ambient.Synth.Benchmarks;

/// <summary>What one kind of voice costs.</summary>
/// <param name="VoicesPerCore">How many one core plays at 48 kHz stereo: 1 / marginal processor seconds per voice and second of sound between 10 and 128 voices.</param>
public sealed record VoiceCost(double VoicesPerCore);
