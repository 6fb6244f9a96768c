namespace Ambient.Composer.Arrangement.Layers;

/// <summary>All players with clocks of their own.</summary>
internal sealed class Ensemble
{
    private readonly Answerer _answerer;
    private readonly Wanderer _wanderer;
    private readonly Gesture _gesture = new();
    private readonly IPlayer[] _players;

    /// <param name="chance">Source of chance; each player gets its own.</param>
    /// <param name="writer">Writes their notes.</param>
    public Ensemble(Prng chance, NoteWriter writer)
    {
        _answerer = new Answerer(chance.Split());
        _wanderer = new Wanderer(chance.Split(), writer);
        _players = [_gesture, _answerer, _wanderer, new Ostinato(chance.Split()), new LoopPlayer(chance.Split()), new Glints(chance.Split()), new SignPlayer(chance.Split())];
    }

    /// <summary>When the next of them wants to play.</summary>
    public long NextFrame
    {
        get
        {
            long next = long.MaxValue;
            foreach (IPlayer player in _players) next = Math.Min(next, player.NextFrame);
            return next;
        }
    }

    /// <summary>Lets all play whose time it is.</summary>
    public void Play(Stage stage)
    {
        foreach (IPlayer player in _players)
        {
            if (player.NextFrame <= stage.Frame) player.Play(stage);
        }
    }

    /// <summary>A phrase of the melody has ended.</summary>
    public void HearPhrase(IReadOnlyList<(long Frame, int Pitch)> phrase, Stage stage) => _answerer.Hear(phrase, stage);

    /// <summary>The chord has changed.</summary>
    public void HearChord(Stage stage) => _wanderer.Hear(stage);

    /// <summary>See <see cref="Gesture.Begin"/>.</summary>
    public bool BeginGesture(Stage stage, long from, double intensity) => _gesture.Begin(stage, from, intensity);

    /// <summary>Forgets what was to begin at or after a frame.</summary>
    public void Revoke(long frame) => _wanderer.Revoke(frame);
}
