namespace Ambient.Sensors.Acoustics;

/// <summary>What a microphone's numbers mean.</summary>
/// <param name="FullScaleDb">Sound pressure level of a 1 kHz sine that just reaches full scale. 94 dB minus the data sheet's sensitivity in dBFS: 120 for the usual I2S MEMS (-26 dBFS).</param>
/// <param name="SelfNoiseDba">The microphone's own noise, dBA: 94 dB minus the data sheet's signal-to-noise ratio, about 30 for MEMS.</param>
public sealed record MicrophoneLimits(double FullScaleDb = 120, double SelfNoiseDba = 30);
