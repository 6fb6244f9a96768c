using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>Keeps the key: which palette is in force, which comes, and over which shared tones.</summary>
internal sealed class Harmony(Prng chance)
{
    private const int Candidates = 3; // a key change takes one of the nearest palettes, not always the very nearest
    private const int FewestShared = 3; // pitch classes that carry music for a while
    private const double BridgeMinSeconds = 30;
    private const double BridgeMaxSeconds = 60;
    private const double MemorySeconds = 3 * 3_600;

    private readonly List<(long Frame, string Name)> _past = [];
    private Palette? _next;
    private long _bridgeEnds;

    /// <summary>The mood whose palette and registers are in force.</summary>
    public Mood? Mood { get; private set; }

    /// <summary>The pitch classes in force: a palette of the mood, or on the way to one only what it shares with the last.</summary>
    public Palette? Palette { get; private set; }

    /// <summary>Whether a bridge between two keys or moods sounds.</summary>
    public bool IsBridge => _next is not null;

    /// <summary>Enters a mood: by the palette to which a bridge leads, or else by the one that shares most with what sounds.</summary>
    /// <param name="mood">The mood.</param>
    /// <param name="frame">Now.</param>
    /// <param name="score">What sounds.</param>
    /// <param name="lead">Who leads: no key comes back with the same lead for three hours if there is another.</param>
    public void Enter(Mood mood, long frame, ScoreHistory score, string lead)
    {
        Palette palette = _next is not null && Mood != mood ? _next : Choose(mood, frame, score, 1, lead);
        (Mood, Palette, _next) = (mood, palette, null);
        Remember(frame, lead);
    }

    /// <summary>Begins the bridge to another mood, which <see cref="Enter"/> ends.</summary>
    public void BeginBridge(Mood to, Bridge kind, long frame, ScoreHistory score, string lead)
    {
        Palette target = Choose(to, frame, score, 1, lead);
        (_next, _bridgeEnds) = (target, long.MaxValue);
        Palette = Between(Palette!, target, kind);
    }

    /// <summary>Begins a key change: half a minute to a minute over what both keys share.</summary>
    public void BeginKeyChange(long frame, ScoreHistory score, string lead)
    {
        if (Mood is null || _next is not null || Mood.Palette.KeyChangesPerHour == 0) return;
        Palette target = Choose(Mood, frame, score, Candidates, lead);
        if (target == Palette) return;
        (_next, _bridgeEnds) = (target, frame + Frames.Of(chance.Between(BridgeMinSeconds, BridgeMaxSeconds)));
        Palette = Between(Palette!, target, Bridge.Shared);
        Remember(frame, lead);
    }

    /// <summary>Ends a key change whose bridge has sounded long enough; only to be called at a chord change.</summary>
    public void ChangeKeyWhenDue(long frame)
    {
        if (_next is null || frame < _bridgeEnds) return;
        (Palette, _next) = (_next, null);
    }

    /// <summary>The pitch classes that lead from one palette to another; never outside both, and enough of them to play.</summary>
    internal static Palette Between(Palette from, Palette to, Bridge kind)
    {
        PitchClassSet bed = from.Bed.Shared(to.Bed);
        PitchClassSet speak = from.Speak.Shared(to.Speak);
        if (bed.Count < FewestShared || speak.Count < 2) return kind == Bridge.None ? to : from; // too far apart: the step is made at once, later
        if (kind == Bridge.None) return to;
        int? fifth = kind == Bridge.Fifths ? Fifth(bed, to.Tonic) : null;
        return fifth is { } root
            ? new Palette(root, "open fifth", PitchClassSet.Of([root, root + 7]), speak)
            : new Palette(to.Tonic, $"{to.ScaleName} (shared)", bed, speak);
    }

    private static int? Fifth(PitchClassSet bed, int tonic)
    {
        for (int i = 0; i < 12; i++)
        {
            int root = (tonic + (7 * i)) % 12; // nearest the new tonic on the circle of fifths
            if (bed.Contains(root) && bed.Contains(root + 7)) return root;
        }

        return null;
    }

    private void Remember(long frame, string lead)
    {
        _past.RemoveAll(past => past.Frame < frame - Frames.Of(MemorySeconds));
        _past.Add((frame, Key((_next ?? Palette)!, lead)));
    }

    private static string Key(Palette palette, string lead) => $"{palette.Name}, {lead}";

    // Where everything has been heard, what was heard longest ago.
    private Palette Choose(Mood mood, long frame, ScoreHistory score, int candidates, string lead)
    {
        _past.RemoveAll(past => past.Frame < frame - Frames.Of(MemorySeconds));
        Palette[] others = [.. mood.AllPalettes().Where(palette => palette != Palette)];
        Palette[] fresh = [.. others.Where(palette => !_past.Exists(past => past.Name == Key(palette, lead)))];
        if (fresh.Length == 0) fresh = [.. others.OrderBy(palette => _past.FindLastIndex(past => past.Name == Key(palette, lead))).Take(1)];
        var nearest = fresh
            .Select(palette => (Palette: palette, Nearness: Nearness(palette, score) + (0.5 * chance.NextDouble())))
            .OrderByDescending(candidate => candidate.Nearness)
            .Take(candidates)
            .Select(candidate => candidate.Palette)
            .ToList();
        return nearest.Count == 0 ? mood.Palette.On(0, 0) : nearest[chance.Between(0, nearest.Count - 1)];
    }

    private double Nearness(Palette palette, ScoreHistory score)
    {
        double nearness = Palette is null ? 0 : palette.Bed.Shared(Palette.Bed).Count;
        foreach (int token in score.Previous)
        {
            if (ScoreTokens.IsPitch(token) && palette.Bed.Contains(ScoreTokens.ToPitch(token))) nearness += 2;
        }

        return nearness;
    }
}
