namespace Ambient.Synth.Benchmarks;

/// <summary>What <c>bench synth --json</c> prints.</summary>
/// <param name="Sine">A sine with its own gliding gains left and right.</param>
/// <param name="SawLp24">A band-limited saw through a 24 dB per octave low-pass, with its own envelope and place.</param>
/// <param name="Fm6">Six operators, three carriers with a modulator each.</param>
/// <param name="Pad">A note of the instrument <c>pad</c>.</param>
/// <param name="ReverbNsPerFrame">The reverb at RT60 = 2 s, eight moving lines, per stereo frame.</param>
/// <param name="Reverb16NsPerFrame">The reverb at RT60 = 6 s, sixteen lines.</param>
/// <param name="DelayNsPerFrame">The delay with echoes a second apart, per stereo frame; without echoes it costs nothing.</param>
/// <param name="ChorusNsPerFrame">The chorus of one instrument that has one.</param>
/// <param name="AllocatedBytes">Managed memory that all the rendering took.</param>
public sealed record SynthCost(
    VoiceCost Sine, VoiceCost SawLp24, VoiceCost Fm6, VoiceCost Pad, double ReverbNsPerFrame, double Reverb16NsPerFrame, double DelayNsPerFrame,
    double ChorusNsPerFrame, long AllocatedBytes);
