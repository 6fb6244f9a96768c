using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>An instrument whose voices are strands of one bank, so that all that sound share its vectors.</summary>
/// <remarks>The bank renders up to the next tick of any voice; ticks are counted from each note's own start, as everywhere.</remarks>
internal abstract class StrandInstrument : PolyphonicInstrument
{
    private readonly StrandBank _bank;

    /// <summary>Makes all the voices there will ever be.</summary>
    /// <param name="timbre">What the voices share.</param>
    /// <param name="voices">How many notes sound at once.</param>
    /// <param name="strands">Strands of a voice.</param>
    /// <param name="isSteep">Whether the low-passes fall by 24 dB per octave, else 12.</param>
    /// <param name="create">Makes one voice, given its first strand.</param>
    protected StrandInstrument(Timbre timbre, int voices, int strands, bool isSteep, Func<Timbre, StrandBank, int, StrandVoice> create)
        : this(timbre, voices, strands, new StrandBank(voices * strands, isSteep), create)
    {
    }

    private StrandInstrument(Timbre timbre, int voices, int strands, StrandBank bank, Func<Timbre, StrandBank, int, StrandVoice> create)
        : base(timbre, voices, (shared, index) => create(shared, bank, index * strands)) => _bank = bank;

    /// <inheritdoc/>
    public sealed override void Render(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty)
        {
            int frames = left.Length;
            bool isSounding = false;
            foreach (Voice voice in Voices)
            {
                if (!voice.IsActive || !voice.Prepare()) continue;
                isSounding = true;
                frames = Math.Min(frames, voice.FramesToTick);
            }

            if (!isSounding) return;
            _bank.Render(left[..frames], right[..frames]);
            foreach (Voice voice in Voices)
            {
                if (voice.IsActive) voice.Advance(frames);
            }

            left = left[frames..];
            right = right[frames..];
        }
    }

    /// <summary>A note made of strands.</summary>
    /// <param name="timbre">Shared by the instrument's voices.</param>
    /// <param name="bank">Where its strands are.</param>
    /// <param name="first">Its first strand.</param>
    /// <param name="count">How many it has.</param>
    internal abstract class StrandVoice(Timbre timbre, StrandBank bank, int first, int count) : Voice(timbre)
    {
        /// <summary>Where the strands are.</summary>
        protected StrandBank Bank => bank;

        /// <summary>The first strand.</summary>
        protected int First => first;

        /// <inheritdoc/>
        protected sealed override void End()
        {
            for (int strand = first; strand < first + count; strand++) bank.Stop(strand);
        }

        /// <inheritdoc/>
        protected sealed override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            // The bank does, for all voices at once.
        }
    }
}
