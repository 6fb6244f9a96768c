using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Writes one frame of the score: for each voice the model proposes, the constraints bound, chance draws.</summary>
internal sealed class Composition(ModelHost model, SoundingTally sounding, Prng chance)
{
    /// <summary>Axes that the network was trained to follow.</summary>
    public static readonly IntentAxis[] ModelAxes =
        [IntentAxis.Density, IntentAxis.Register, IntentAxis.Mode, IntentAxis.Tension, IntentAxis.Polyphony, IntentAxis.HarmonicRhythm];

    // How much more likely a remembered pitch is: where the model likes another one e^8 times better, that one may come instead.
    private const float RememberedLogit = 8;

    // A palette leaves a melody the wider steps: a little surer, they come nearer to those of real melodies.
    private const double MelodyTemperature = 0.5;

    // Guidance makes the network so sure of one chord that it would propose little else.
    private const double ProposalTemperature = 3;

    private const int MostNotesAChord = 4; // of what is recalled, heard ahead over a chord that may come

    private const int MostAhead = 32; // frames; as many as are ever planned ahead of what is heard

    private readonly float[] _logits = new float[ScoreTokens.Vocabulary];
    private readonly Past[] _past = [.. Enumerable.Range(0, MostAhead).Select(_ => new Past())];
    private readonly Past _imagined = new();
    private readonly Past _present = new();
    private readonly ChordProposals _proposals = new();
    private int _count;

    /// <summary>Composes a frame and closes it.</summary>
    /// <param name="frame">When it sounds.</param>
    /// <param name="score">The page.</param>
    /// <param name="plan">What the form allows.</param>
    /// <param name="condition">What the model is asked for.</param>
    /// <returns>Whether the network composed all of it, not the rules.</returns>
    public bool Compose(long frame, ScoreHistory score, StepPlan plan, ScoreCondition condition)
    {
        _past[_count++ % MostAhead].Keep(frame, score, model);
        model.BeginFrame(score, condition);
        bool isByModel = Write(score, plan, ScoreTokens.SamplingOrder[..1], MelodyTemperature).IsByModel; // false too where the trunk has just failed
        if (plan.IsChordChange)
        {
            for (int proposal = 0; proposal < ChordProposals.Count; proposal++)
            {
                score.Unchoose(ScoreTokens.SamplingOrder[1..]);
                (bool isProposed, double likelihood) = Write(score, plan, ScoreTokens.SamplingOrder[1..], ProposalTemperature);
                isByModel &= isProposed;
                _proposals.Set(proposal, score.Chosen, likelihood);
            }

            HearAhead(score, plan, condition);
            Choose(score, _proposals.Nearest(condition, sounding.Mode, sounding.Tension));
        }
        else
        {
            isByModel &= Write(score, plan, ScoreTokens.SamplingOrder[1..]).IsByModel;
        }

        score.EndFrame();
        return isByModel;
    }

    /// <summary>How likely the model finds it that the melody goes on with these pitches while the chord stands, nats. Page and model stay as they are.</summary>
    public double Likelihood(ScoreHistory score, ReadOnlySpan<int> pitches, ScoreCondition condition)
    {
        _imagined.Keep(0, score, model);
        double likelihood = 0;
        foreach (int pitch in pitches)
        {
            model.BeginFrame(score, condition);
            model.Logits(score, ScoreTokens.Soprano, _logits);
            int token = pitch - ScoreTokens.PitchMin;
            likelihood += Sampler.LogProbability(_logits, token);
            score.Choose(ScoreTokens.Soprano, token);
            foreach (int voice in ScoreTokens.SamplingOrder[1..]) score.Choose(voice, Math.Min(score.Previous[voice], ScoreTokens.Silent)); // silent before the first frame
            score.EndFrame();
        }

        _imagined.Return(score, model);
        return likelihood;
    }

    /// <summary>Page and model become what they were before the first frame at or after this one.</summary>
    public void Revoke(long frame, ScoreHistory score)
    {
        int first = _count;
        while (first > Math.Max(0, _count - MostAhead) && _past[(first - 1) % MostAhead].Frame >= frame) first--;
        if (first == _count) return;
        _past[first % MostAhead].Return(score, model);
        _count = first;
    }

    // How what is being recalled would go on over each of the proposed chords.
    private void HearAhead(ScoreHistory score, StepPlan plan, ScoreCondition condition)
    {
        ReadOnlySpan<int> ahead = plan.Remembered;
        if (ahead.Length > 0 && plan.Speaks) ahead = score.Chosen[ScoreTokens.Soprano] == ahead[0] - ScoreTokens.PitchMin ? ahead[1..] : [];
        if (ahead.IsEmpty) return;
        _present.Keep(0, score, model);
        for (int proposal = 0; proposal < ChordProposals.Count; proposal++)
        {
            Choose(score, _proposals[proposal]);
            score.EndFrame();
            _proposals.Like(proposal, Likelihood(score, ahead[..Math.Min(ahead.Length, MostNotesAChord)], condition));
            _present.Return(score, model);
        }
    }

    private static void Choose(ScoreHistory score, ReadOnlySpan<int> tokens)
    {
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) score.Choose(voice, tokens[voice]);
    }

    private (bool IsByModel, double Likelihood) Write(ScoreHistory score, StepPlan plan, ReadOnlySpan<int> voices, double temperature = Sampler.Temperature)
    {
        bool isByModel = true;
        double likelihood = 0; // nats
        foreach (int voice in voices)
        {
            TokenMask allowed = Constraints.Allowed(score, voice, plan);
            model.Logits(score, voice, _logits);
            isByModel &= !model.IsFallback;
            if (voice == ScoreTokens.Soprano && plan.Remembered is [int remembered, ..]) _logits[remembered - ScoreTokens.PitchMin] += RememberedLogit;
            score.Choose(voice, Sampler.Draw(_logits, allowed, chance, temperature));
            likelihood += Sampler.LogProbability(_logits, score.Chosen[voice]);
        }

        return (isByModel, likelihood);
    }

    /// <summary>What page and model were before a frame.</summary>
    private sealed class Past
    {
        private readonly ScoreHistory _score = new();
        private float[] _memory = [];

        public long Frame { get; private set; }

        public void Keep(long frame, ScoreHistory score, ModelHost model)
        {
            Frame = frame;
            _score.CopyFrom(score);
            if (_memory.Length != model.StateLength) _memory = new float[model.StateLength];
            model.SaveState(_memory);
        }

        public void Return(ScoreHistory score, ModelHost model)
        {
            score.CopyFrom(_score);
            model.RestoreState(_memory);
        }
    }
}
