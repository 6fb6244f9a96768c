using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>Keeps the key: which palette is in force, when it changes, and over which shared tones.</summary>
internal sealed class Harmony(Prng chance)
{
    private const int Candidates = 3; // a key change takes one of the nearest palettes, not always the very nearest

    private long _nextKeyFrame = long.MaxValue;

    /// <summary>The mood whose palette and registers are in force.</summary>
    public Mood? Mood { get; private set; }

    /// <summary>The pitch classes in force.</summary>
    public Palette? Palette { get; private set; }

    /// <summary>Enters a mood by the palette that shares most with what sounds.</summary>
    public void Enter(Mood mood, long frame, ScoreHistory score)
    {
        Mood = mood;
        Palette = Choose(mood, score, 1);
        PlanKeyChange(frame);
    }

    /// <summary>Changes the key when its time has come; only to be called at a chord change.</summary>
    public void ChangeKeyWhenDue(long frame, ScoreHistory score)
    {
        if (Mood is null || frame < _nextKeyFrame) return;
        Palette = Choose(Mood, score, Candidates);
        PlanKeyChange(frame);
    }

    private void PlanKeyChange(long frame)
    {
        double perHour = Mood!.Palette.KeyChangesPerHour;
        _nextKeyFrame = perHour == 0 ? long.MaxValue : frame + Frames.Of(chance.LogNormal(3_600 / perHour, 0.3, 0.5, 2));
    }

    private Palette Choose(Mood mood, ScoreHistory score, int candidates)
    {
        var nearest = mood.AllPalettes()
            .Where(palette => palette != Palette)
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
