namespace Ambient.Synth.Instruments;

/// <summary>A sound without notes: it is there as long as its gain is above 0, and moves slowly.</summary>
/// <param name="seed">Seed of all its chances.</param>
internal abstract class Texture(uint seed) : IInstrument
{
    /// <summary>Ticks in a second.</summary>
    protected const int TicksPerSecond = Voice.TicksPerSecond;

    private int _framesToTick;

    /// <inheritdoc/>
    public bool IsTexture => true;

    /// <inheritdoc/>
    public bool IsSounding => true;

    /// <inheritdoc/>
    public int ActiveVoices => 0;

    /// <inheritdoc/>
    public int BrightnessQ15
    {
        set => Timbre.BrightnessQ15 = value;
    }

    /// <summary>Chance and brightness.</summary>
    protected Timbre Timbre { get; } = new(seed);

    /// <inheritdoc/>
    public virtual void NoteOn(in ScoreEvent scoreEvent)
    {
        // Weather has no notes: its gain alone says when it is there.
    }

    /// <inheritdoc/>
    public void NoteOff(int noteId)
    {
        // See NoteOn.
    }

    /// <inheritdoc/>
    public void Render(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty)
        {
            if (_framesToTick == 0)
            {
                _framesToTick = Voice.TickFrames;
                Tick();
            }

            int frames = Math.Min(left.Length, _framesToTick);
            RenderFrames(left[..frames], right[..frames]);
            _framesToTick -= frames;
            left = left[frames..];
            right = right[frames..];
        }
    }

    /// <summary>Moves everything slow on by one tick of 64 frames.</summary>
    protected abstract void Tick();

    /// <summary>Adds frames to the channels, Q8.23.</summary>
    protected abstract void RenderFrames(Span<int> left, Span<int> right);
}
