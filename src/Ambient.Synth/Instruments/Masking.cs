using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Masking bed: steady noise in the spectrum that covers speech best for its loudness, -5 dB per octave. Never moves, so that nobody listens to it.</summary>
/// <param name="seed">Seed of the noise.</param>
/// <param name="preset">Level and width.</param>
internal sealed class Masking(uint seed, PresetReader preset) : Texture(seed)
{
    private readonly Q31 _gain = new((int)Math.Min(int.MaxValue, (long)preset.Decibels("levelDb") << 16));
    private readonly int _ownQ15 = preset.Share("width");
    private SpeechSlope _left, _right;

    /// <inheritdoc/>
    protected override void Tick()
    {
        // The spectrum is the point of it: brightness does nothing here.
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right)
    {
        SpeechSlope slopeLeft = _left, slopeRight = _right;
        Q31 gain = _gain;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = Timbre.Random.NextQ31() >> 3; // Q31 -> Q28
            int ownLeft = (int)((long)(Timbre.Random.NextQ31() >> 3) * _ownQ15 >> 15);
            int ownRight = (int)((long)(Timbre.Random.NextQ31() >> 3) * _ownQ15 >> 15);
            left[i] += gain * slopeLeft.Next(shared + ownLeft); // Q28 -> Q23 and 30 dB more, which the slope takes away
            right[i] += gain * slopeRight.Next(shared + ownRight);
        }

        _left = slopeLeft;
        _right = slopeRight;
    }
}
