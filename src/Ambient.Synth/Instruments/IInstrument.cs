namespace Ambient.Synth.Instruments;

/// <summary>Something that turns notes, or nothing but time, into frames.</summary>
/// <remarks>Everything is called on the audio thread: no allocation, no lock, no exception, no floating point.</remarks>
internal interface IInstrument
{
    /// <summary>Whether it sounds without notes, as long as its gain is above 0.</summary>
    bool IsTexture { get; }

    /// <summary>Whether there is something to render; while false, <see cref="Render"/> need not be called (textures excepted).</summary>
    bool IsSounding { get; }

    /// <summary>Voices that sound now.</summary>
    int ActiveVoices { get; }

    /// <summary>0 darkest, 16 384 as designed, 32 768 brightest. Changes only every 64 frames.</summary>
    int BrightnessQ15 { set; }

    /// <summary>Starts a note at the next frame to be rendered; takes the place of another when all voices are busy.</summary>
    void NoteOn(in ScoreEvent scoreEvent);

    /// <summary>Lets a note go; unknown ids are ignored.</summary>
    void NoteOff(int noteId);

    /// <summary>Adds the next frames to the two channels.</summary>
    /// <param name="left">Q8.23 samples, shape [frames]; mixed into, not overwritten. Length 1..64.</param>
    /// <param name="right">As <paramref name="left"/>, the same length.</param>
    void Render(Span<int> left, Span<int> right);
}
