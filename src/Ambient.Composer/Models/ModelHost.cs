namespace Ambient.Composer.Models;

/// <summary>Keeps a model playing: loads it, falls back to <see cref="RuleModel"/> in the very frame in which it fails, says why, and tries again later.</summary>
/// <remarks>Composer thread. Retries are counted in frames, not seconds, so that an offline render never consults a clock.</remarks>
public sealed class ModelHost : IDisposable
{
    /// <summary>Longest a frame (trunk and four voices) may take where time is measured; a step of music lasts a hundred times as long.</summary>
    public static readonly TimeSpan DefaultBudget = TimeSpan.FromMilliseconds(50);

    private const int SlowFramesForgiven = 3; // in a row
    private const int FirstRetryFrames = 64; // some minutes of music
    private const int LongestRetryFrames = 4_096;

    private readonly Func<IScoreModel> _load;
    private readonly TimeProvider? _clock;
    private readonly TimeSpan _budget;
    private readonly RuleModel _rules = new();
    private IScoreModel? _model;
    private readonly StepTimes _steps = new();
    private TimeSpan _frameTime;
    private TimeSpan _trunkTime;
    private int _slowFrames;
    private int _retryFrames = FirstRetryFrames;
    private int _framesUntilRetry;

    /// <summary>A host that loads at once.</summary>
    /// <param name="load">Makes the model; may throw, which is a fault and no error.</param>
    /// <param name="clock">Measures how long frames take; null where time must not matter (offline).</param>
    /// <param name="budget">Longest a frame may take; null is <see cref="DefaultBudget"/>.</param>
    public ModelHost(Func<IScoreModel> load, TimeProvider? clock = null, TimeSpan? budget = null)
    {
        (_load, _clock, _budget) = (load, clock, budget ?? DefaultBudget);
        TryLoad();
    }

    /// <summary>Why rules play instead of the model; null while the model plays.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether rules play.</summary>
    public bool IsFallback => _model is null;

    /// <summary>Who composes now.</summary>
    public string Name => Active.Name;

    /// <summary>Time that the last whole frame took; zero where time is not measured.</summary>
    public TimeSpan LastFrameTime { get; private set; }

    /// <summary>99th percentile of the time that one token took, among the last thousand; zero where time is not measured.</summary>
    public TimeSpan StepP99 => _steps.P99();

    private IScoreModel Active => _model ?? (IScoreModel)_rules;

    /// <summary>The host of the shipped model.</summary>
    /// <param name="directory">Folder with <c>composer.json</c> and its two <c>.onnx</c> files.</param>
    /// <param name="clock">Measures frames; null offline.</param>
    public static ModelHost Open(string directory, TimeProvider? clock = null) => new(() => OnnxScoreModel.Load(directory), clock);

    /// <summary>Begins a frame; see <see cref="IScoreModel.BeginFrame"/>. Allocates nothing while the model is healthy.</summary>
    public void BeginFrame(ScoreHistory score, ScoreCondition condition)
    {
        CloseFrame();
        if (IsFallback && --_framesUntilRetry <= 0) TryLoad();
        long start = _clock?.GetTimestamp() ?? 0;
        try
        {
            Active.BeginFrame(score, condition);
        }
        catch (Exception problem) when (!IsFallback)
        {
            Fail(problem.Message);
        }

        if (_clock is not null) _frameTime += _trunkTime = _clock.GetElapsedTime(start);
    }

    /// <summary>Logits of a voice, always finite; see <see cref="IScoreModel.Logits"/>.</summary>
    public void Logits(ScoreHistory score, int voice, Span<float> logits)
    {
        long start = _clock?.GetTimestamp() ?? 0;
        try
        {
            Active.Logits(score, voice, logits);
            if (!IsFallback && !AreFinite(logits)) Fail("it returned a number that is not finite");
        }
        catch (Exception problem) when (!IsFallback)
        {
            Fail(problem.Message);
        }

        if (IsFallback) _rules.Logits(score, voice, logits);
        if (_clock is null) return;
        TimeSpan time = _clock.GetElapsedTime(start);
        _frameTime += time;
        _steps.Add(time + _trunkTime);
        _trunkTime = TimeSpan.Zero;
    }

    /// <summary>Numbers in the memory of who composes now.</summary>
    public int StateLength => Active.StateLength;

    /// <summary>Copies the memory of who composes now; see <see cref="IScoreModel.SaveState"/>.</summary>
    public void SaveState(Span<float> state) => Active.SaveState(state);

    /// <summary>Puts a memory back; where somebody else composes by now, that one begins afresh.</summary>
    public void RestoreState(ReadOnlySpan<float> state)
    {
        if (state.Length == StateLength) Active.RestoreState(state);
        else Active.Reset();
    }

    /// <inheritdoc/>
    public void Dispose() => _model?.Dispose();

    private void CloseFrame()
    {
        LastFrameTime = _frameTime;
        _frameTime = TimeSpan.Zero;
        if (_clock is null || IsFallback) return;
        _slowFrames = LastFrameTime > _budget ? _slowFrames + 1 : 0;
        if (_slowFrames < SlowFramesForgiven) return;
        Fail($"too slow: {_slowFrames} frames in a row took more than {_budget.TotalMilliseconds:0} ms, the last {LastFrameTime.TotalMilliseconds:0} ms");
    }

    private static bool AreFinite(ReadOnlySpan<float> logits)
    {
        foreach (float logit in logits)
        {
            if (!float.IsFinite(logit)) return false;
        }

        return true;
    }

    private void TryLoad()
    {
        try
        {
            _model = _load();
            _slowFrames = 0;
            _retryFrames = FirstRetryFrames;
            Fault = null;
        }
        catch (Exception problem)
        {
            Fail(problem.Message);
        }
    }

    private void Fail(string reason)
    {
        _model?.Dispose();
        _model = null;
        Fault = $"The rule-based composer plays because the model can't: {reason}";
        _framesUntilRetry = _retryFrames;
        _retryFrames = Math.Min(2 * _retryFrames, LongestRetryFrames);
    }
}
