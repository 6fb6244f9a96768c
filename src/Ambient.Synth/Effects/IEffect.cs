namespace Ambient.Synth.Effects;

/// <summary>Something that turns frames into other frames.</summary>
internal interface IEffect
{
    /// <summary>Replaces the next frames by processed ones. Audio thread: no allocation, lock, exception or floating point.</summary>
    /// <param name="left">Q8.23 samples, shape [frames]. Length 1..64.</param>
    /// <param name="right">As <paramref name="left"/>, the same length.</param>
    void Process(Span<int> left, Span<int> right);
}
