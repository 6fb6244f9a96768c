namespace Ambient.Composer.Moods;

/// <summary>How one mood becomes another, in the manner of a game's transition matrix.</summary>
public sealed record MoodTransition
{
    /// <summary>Any mood, in <see cref="From"/> or <see cref="To"/>.</summary>
    public const string Any = "any";

    /// <summary>What holds when no file says anything: at the end of a phrase, over about 75 s, through the tones that both moods share.</summary>
    public static readonly MoodTransition Default = new();

    /// <summary>What a person's button or an alarm gets: on the next beat, done in about 8 s.</summary>
    public static readonly MoodTransition Urgent = new() { Exit = "beat", FadeBeats = 8, Bridge = "none" };

    /// <summary>The mood that is left: a name, or <c>any</c>. Default: the mood in whose file this stands if <see cref="To"/> names another, else any.</summary>
    public string? From { get; set; }

    /// <summary>The mood that comes: a name, or <c>any</c>. Default: the mood in whose file this stands.</summary>
    public string? To { get; set; }

    /// <summary>Where it may begin: <c>immediate</c>, <c>beat</c>, <c>bar</c>, <c>phrase</c>.</summary>
    public string Exit { get; set; } = "phrase";

    /// <summary>How many beats timbre, tempo and reverb take from one to the other. 8..240.</summary>
    public double FadeBeats { get; set; } = 72;

    /// <summary>What sounds in between: <c>none</c>, <c>shared</c>, <c>fifths</c>, <c>drone</c>.</summary>
    public string Bridge { get; set; } = "shared";

    /// <summary>The rule for a change: the most particular one of both files; where both say as much, the coming mood's.</summary>
    public static MoodTransition Between(Mood from, Mood to)
    {
        MoodTransition? best = null;
        int bestRank = -1;
        foreach ((MoodTransition rule, Mood owner) in to.Transitions.Select(rule => (rule, to)).Concat(from.Transitions.Select(rule => (rule, from))))
        {
            (string source, string target) = rule.EndsOf(owner.Name);
            bool fits = (source == Any || source == from.Name) && (target == Any || target == to.Name);
            int rank = (source == Any ? 0 : 1) + (target == Any ? 0 : 1);
            if (fits && rank > bestRank) (best, bestRank) = (rule, rank);
        }

        return best ?? Default;
    }

    /// <summary>Both ends, with what is left out filled in.</summary>
    /// <param name="owner">The mood in whose file this stands.</param>
    internal (string From, string To) EndsOf(string owner)
    {
        string to = To ?? owner;
        return (From ?? (to == owner ? Any : owner), to);
    }
}
