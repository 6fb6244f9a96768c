namespace Ambient.Composer.Arrangement;

/// <summary>A few notes that belong to a place: steps of the scale and a rhythm. Every room of the place says them in its own key and voice.</summary>
/// <param name="Steps">Steps of the scale above the first note.</param>
/// <param name="GapSeconds">Time to the next note, one fewer.</param>
internal sealed record PlaceMotif(int[] Steps, double[] GapSeconds)
{
    private const int FewestNotes = 4;
    private const int MostNotes = 6;

    /// <summary>The motif of a place.</summary>
    public static PlaceMotif Of(ulong seed)
    {
        var chance = new Prng(seed);
        int[] steps = new int[chance.Between(FewestNotes, MostNotes)];
        for (int i = 1; i < steps.Length; i++)
        {
            int move = chance.Between(1, 2) * (chance.Chance(0.5) ? 1 : -1);
            steps[i] = Math.Abs(steps[i - 1] + move) > 3 ? steps[i - 1] - move : steps[i - 1] + move;
        }

        return new PlaceMotif(steps, [.. steps.Skip(1).Select(_ => chance.LogNormal(2.2, 0.5, 0.4, 2.5))]);
    }
}
