namespace Ambient.Synth.Instruments;

/// <summary>A fixed set of voices and the rule by which a note gets one.</summary>
internal abstract class PolyphonicInstrument : IInstrument
{
    private readonly Timbre _timbre;
    private readonly Voice[] _voices;
    private long _notes;

    /// <summary>Makes all the voices there will ever be.</summary>
    /// <param name="timbre">What the voices share.</param>
    /// <param name="voices">How many notes sound at once.</param>
    /// <param name="create">Makes one voice.</param>
    protected PolyphonicInstrument(Timbre timbre, int voices, Func<Timbre, Voice> create)
        : this(timbre, voices, (shared, _) => create(shared))
    {
    }

    /// <summary>As above, each voice told which one it is.</summary>
    protected PolyphonicInstrument(Timbre timbre, int voices, Func<Timbre, int, Voice> create)
    {
        _timbre = timbre;
        _voices = new Voice[voices];
        for (int i = 0; i < voices; i++) _voices[i] = create(timbre, i);
    }

    /// <summary>All voices, sounding or not.</summary>
    protected ReadOnlySpan<Voice> Voices => _voices;

    /// <inheritdoc/>
    public bool IsTexture => false;

    /// <inheritdoc/>
    public virtual bool IsSounding => ActiveVoices > 0;

    /// <inheritdoc/>
    public int ActiveVoices
    {
        get
        {
            int active = 0;
            foreach (Voice voice in _voices)
            {
                if (voice.IsActive) active++;
            }

            return active;
        }
    }

    /// <inheritdoc/>
    public int BrightnessQ15
    {
        set => _timbre.BrightnessQ15 = value;
    }

    /// <inheritdoc/>
    public virtual void NoteOn(in ScoreEvent scoreEvent)
    {
        Voice candidate = _voices[0];
        foreach (Voice voice in _voices)
        {
            if (IsBetter(voice, candidate)) candidate = voice;
        }

        if (candidate.IsActive) candidate.Replace(scoreEvent, ++_notes);
        else candidate.Start(scoreEvent, ++_notes);
    }

    /// <inheritdoc/>
    public void NoteOff(int noteId)
    {
        foreach (Voice voice in _voices)
        {
            if (voice.IsActive && voice.NoteId == noteId && !voice.IsReleased) voice.Release();
        }
    }

    /// <inheritdoc/>
    public virtual void Render(Span<int> left, Span<int> right)
    {
        foreach (Voice voice in _voices)
        {
            if (voice.IsActive) voice.Render(left, right);
        }
    }

    // An idle voice first, then the quietest one let go, then the oldest.
    private static bool IsBetter(Voice voice, Voice than)
    {
        if (voice.IsActive != than.IsActive) return !voice.IsActive;
        if (voice.IsReleased != than.IsReleased) return voice.IsReleased;
        return voice.IsReleased ? voice.LevelQ31 < than.LevelQ31 : voice.Order < than.Order;
    }
}
