using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Chords that the model proposes for one moment, and the one among them that is wished for and makes sense to the model.</summary>
/// <remarks>
/// Inside a mood's bounds hardly anything is as major, as tense or as low as the network alone would write it, so no scale of the corpora says what much
/// of it is. The proposals do: a wish of -1 takes the least of them, 0 the middle, 1 the most. Allocates nothing after construction.
/// </remarks>
internal sealed class ChordProposals
{
    /// <summary>How many are made.</summary>
    public const int Count = 24;

    // Mean dissonance of all that sounds where no wish is made, and how far from it the wishes -1 and 1 lie: of 30 minutes of 200 random intents, their middle and their tenth and ninetieth percentile.
    private const double TensionMiddle = 0.15, TensionReach = 0.03;

    // Masks lead a model from one likely tone after another into chords that it finds odd as a whole: those it likes better have a vote.
    private const double LikingWeight = 1;

    // A proposal is major, minor or neither, so that mode is met over many chords and by few of them; tension and register by nearly every one.
    private static readonly (IntentAxis Axis, double Weight)[] Wishes = [(IntentAxis.Mode, 4), (IntentAxis.Tension, 1.5), (IntentAxis.Register, 0.4)];

    private readonly int[] _tokens = new int[Count * ScoreTokens.Voices];
    private readonly double[] _measures = new double[Count * Wishes.Length];
    private readonly double[] _likelihoods = new double[Count];
    private readonly double?[] _aims = new double?[Wishes.Length];
    private readonly IntentTally _tally = new();

    /// <summary>The tokens of a proposal, shape [4].</summary>
    public ReadOnlySpan<int> this[int proposal] => _tokens.AsSpan(proposal * ScoreTokens.Voices, ScoreTokens.Voices);

    /// <summary>Takes a proposal.</summary>
    /// <param name="proposal">Which, 0 to <see cref="Count"/> - 1.</param>
    /// <param name="tokens">Shape [4].</param>
    /// <param name="likelihood">Of all of it by the model, nats.</param>
    public void Set(int proposal, ReadOnlySpan<int> tokens, double likelihood)
    {
        tokens.CopyTo(_tokens.AsSpan(proposal * ScoreTokens.Voices));
        _tally.Clear();
        _tally.Add(tokens);
        for (int i = 0; i < Wishes.Length; i++) _measures[(i * Count) + proposal] = _tally.Of(Wishes[i].Axis) ?? 0;
        _likelihoods[proposal] = likelihood;
    }

    /// <summary>Makes a proposal so much likelier, nats.</summary>
    public void Like(int proposal, double likelihood) => _likelihoods[proposal] += likelihood;

    /// <summary>The tokens, shape [4], of the proposal that comes nearest to what is wished for; the first of those that come equally near.</summary>
    /// <param name="condition">The wishes.</param>
    /// <param name="mode">Of what sounded in the last minutes, -1..1; null where nothing told.</param>
    /// <param name="tension">The same, mean dissonance, 0..1.</param>
    public ReadOnlySpan<int> Nearest(ScoreCondition condition, double? mode, double? tension)
    {
        for (int i = 0; i < Wishes.Length; i++)
        {
            IntentAxis axis = Wishes[i].Axis;
            double? heard = axis switch { IntentAxis.Mode => mode, IntentAxis.Tension => (tension - TensionMiddle) / TensionReach, _ => null };
            double? aim = condition[axis] is { } wish ? Math.Clamp(wish, -1, 1) : null;
            _aims[i] = aim is { } wished && heard is { } sounded ? Math.Clamp(SoundingTally.Overstate(wished, sounded), -1, 1) : aim;
        }

        (int best, double least) = (0, double.MaxValue);
        for (int proposal = 0; proposal < Count; proposal++)
        {
            double far = LikingWeight * (1 - RankAmong(_likelihoods, proposal));
            for (int i = 0; i < Wishes.Length; i++)
            {
                if (_aims[i] is { } aim) far += Wishes[i].Weight * Math.Abs(RankAmong(_measures.AsSpan(i * Count, Count), proposal) - aim);
            }

            if (far < least) (best, least) = (proposal, far);
        }

        return this[best];
    }

    // Where a proposal stands among the others, -1..1; in the middle of those that are alike.
    private static double RankAmong(ReadOnlySpan<double> measures, int proposal)
    {
        int rank = 0;
        foreach (double other in measures) rank += measures[proposal].CompareTo(other); // a model may find several impossible: no difference of infinities
        return (double)rank / (Count - 1);
    }
}
