namespace Ambient.Sensors.Fusion;

/// <summary>How much of what one light sensor reads comes from lamps: a small filter that carries several explanations and speaks only where they agree.</summary>
/// <remarks>
/// <para>
/// A change of light is the sky (small, or the edge of a cloud, which moves a share of the daylight that there is) or a switch (from one level
/// of the lamps to another, known or new). A cloud may look like a lamp, so nothing is decided at once: each explanation goes on as a
/// hypothesis of what the lamps give, weighed by how well it foretells the next readings, and dies when there is less light than it claims.
/// </para>
/// <para>Causal, in ratios but for half a lux of resolution, and without allocation after construction.</para>
/// </remarks>
internal sealed class LampLight
{
    private const int Most = 10; // hypotheses kept
    private const int MostLevels = 4; // a few banks and a dimmer; the oldest is forgotten
    private const int Branches = MostLevels + 3; // nothing switched, all off, a known level each, a new level

    /// <summary>Share of all explanations that must agree before anything is said.</summary>
    private const double Agreed = 0.9;

    /// <summary>They agree when they differ by less than this share of the light, or of the brightest lamps.</summary>
    private const double AgreeShare = 0.1;
    private const double AgreeLevelShare = 0.05;
    private const double AgreeLux = 2;

    /// <summary>What a sensor's reading may wander by itself: its resolution, and a hundredth.</summary>
    private const double ResolutionLux = 0.6;
    private const double NoiseShare = 0.01;

    /// <summary>Lamps that people switch: some eight times a day.</summary>
    private const double SwitchesPerMinute = 8.0 / (24 * 60);

    /// <summary>Of switches, those to a level that is known, before and after any is; how well such a level is met; and the weight of a new level, spread over a factor e.</summary>
    private const double ToKnown = 0.8;
    private const double ToDarkAtFirst = 0.4;
    private const double KnownSpread = 0.015;
    private const double NewLevel = 0.6;

    /// <summary>How far the first clear switch is believed, and each other way to see it.</summary>
    private const double FirstBelief = 0.92;
    private const double FirstDoubt = 0.04;

    /// <summary>A new level needs a change this many times the noise.</summary>
    private const double ClearlyChanged = 4;

    /// <summary>The edge of a cloud changes daylight by about this share.</summary>
    private const double CloudShare = 0.4;

    /// <summary>How often clouds pass, a reading: at first, and the limits of what is learnt.</summary>
    private const double FirstClouds = 0.005;
    private const double FewestClouds = 0.001;
    private const double MostClouds = 0.3;

    /// <summary>Lamps age and warm up; more than this under what they are said to give, they are not all on.</summary>
    private const double Slack = 0.05;

    /// <summary>Levels closer than this are one.</summary>
    private const double SameLevel = 0.15;

    /// <summary>Less than this share of the brightest level is the sensor's resolution at dawn, and no lamp.</summary>
    private const double SmallestLevelShare = 0.05;
    private const double SmallestLevelLux = 5;

    /// <summary>Readings further apart hide a switch.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(5);

    /// <summary>A reading averaged over a switching shows it in two halves, a fading lamp in several: within this they are one.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(2.5);

    private static readonly TimeSpan CloudMemory = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan CalmMemory = TimeSpan.FromMinutes(15);

    private readonly Hypothesis[] _hypotheses = new Hypothesis[Most];
    private readonly FirstSwitch _first = new();
    private readonly double[] _levels = new double[MostLevels];
    private int _count;
    private int _levelCount;
    private double _clouds = FirstClouds;
    private double _usualChange;
    private DateTimeOffset _time;
    private double _lux;

    /// <summary>What lamps give of the latest reading, lx, at most all of it; null while the explanations differ.</summary>
    public double? Lux { get; private set; }

    /// <summary>Takes a reading; times never go back.</summary>
    /// <param name="time">When.</param>
    /// <param name="lux">Illuminance, lx.</param>
    public void Add(DateTimeOffset time, double lux)
    {
        TimeSpan elapsed = time - _time;
        bool isNext = elapsed <= LongestStep;
        if (!isNext && Math.Abs(lux - _lux) > (AgreeShare * Math.Max(lux, _lux)) + AgreeLux) Forget();
        if (_count == 0 && isNext)
        {
            if (_first.TryAdd(time, _lux, lux, Noise(lux), out double step)) Begin(_time, Math.Max(0, step), Math.Sign(step));
            else if (!_first.IsSwitching) LearnUsual(elapsed, lux - _lux, Noise(lux), 1);
        }

        if (_count > 0 && isNext) Weigh(time, elapsed, lux);
        (_time, _lux) = (time, lux);
        if (_count == 0 && lux <= Math.Max(AgreeLux, SmallestLevelShare * Brightest())) Begin(time, 0, 0);
        if (_count == 0)
        {
            Lux = null;
            return;
        }

        LearnLevel();
        Lux = Agree();
    }

    /// <summary>Goes on from a size of the lamps that was learnt before a restart, lx.</summary>
    public void Recall(double levelLux)
    {
        if (_levelCount == 0) Remember(levelLux);
    }

    /// <summary>Nothing is known: lamps may give anything between all of the light and none of it.</summary>
    private void Forget()
    {
        _count = 0;
        _first.Reset();
    }

    /// <summary>The first switch, or darkness: what the lamps give from here on, and what else it may have been.</summary>
    private void Begin(DateTimeOffset time, double lampLux, int direction)
    {
        _count = 0;
        _hypotheses[_count++] = new Hypothesis(lampLux, FirstBelief, time, direction);
        if (direction > 0) _hypotheses[_count++] = new Hypothesis(0, FirstDoubt, time, -1); // the sun came out
        if (direction != 0) _hypotheses[_count++] = new Hypothesis(_lux, FirstDoubt, time, direction); // other lamps burn as well
    }

    private void Weigh(DateTimeOffset time, TimeSpan elapsed, double lux)
    {
        double change = lux - _lux;
        double noise = Noise(lux);
        double switches = SwitchesPerMinute * elapsed.TotalMinutes;
        Span<Hypothesis> branches = stackalloc Hypothesis[Most * Branches];
        int count = 0;
        double calm = 0, edges = 0, all = double.Epsilon;
        for (int i = 0; i < _count; i++)
        {
            Hypothesis before = _hypotheses[i];
            double sky = Math.Max(0, _lux - before.LampLux);
            double still = Laplace(change, noise + _usualChange);
            double edge = _clouds * Laplace(change, noise + (CloudShare * sky));
            calm += before.Weight * still;
            if (edge > still) edges += before.Weight * edge;
            branches[count++] = before with { Weight = before.Weight * (1 - switches) * Math.Max(still, edge) };
            count = Switch(before, time, change, noise, switches, branches, count);
        }

        branches = branches[..count];
        foreach (ref Hypothesis branch in branches)
        {
            double tooMuch = branch.LampLux - (lux * (1 + Slack)) - 1;
            if (tooMuch > 0) branch = branch with { LampLux = branch.LampLux - tooMuch, Weight = branch.Weight * Math.Exp(-tooMuch / noise) };
            all += branch.Weight;
        }

        branches.Sort(static (one, other) => other.Weight.CompareTo(one.Weight));
        if (!Keep(branches))
        {
            Forget();
            return;
        }

        _clouds = Math.Clamp(Decay.Towards(_clouds, Math.Min(1, edges / all), elapsed, CloudMemory), FewestClouds, MostClouds);
        LearnUsual(elapsed, change, noise, Math.Min(1, calm / all));
    }

    private void LearnUsual(TimeSpan elapsed, double change, double noise, double share)
    {
        double usual = Math.Min(Math.Abs(change), 8 * (_usualChange + noise)); // one outlier is not usual
        _usualChange += share * (Decay.Towards(_usualChange, usual, elapsed, CalmMemory) - _usualChange);
    }

    /// <summary>Everything that somebody may have switched between the last two readings.</summary>
    private int Switch(in Hypothesis before, DateTimeOffset time, double change, double noise, double switches, Span<Hypothesis> branches, int count)
    {
        double known = before.Weight * switches * (_levelCount > 0 ? ToKnown : ToDarkAtFirst) / (_levelCount + 1);
        for (int i = -1; i < _levelCount; i++)
        {
            double to = i < 0 ? 0 : _levels[i];
            double step = to - before.LampLux;
            if (Math.Abs(step) < 0.08 * Math.Max(to, before.LampLux) + AgreeLux) continue; // nearly where it is
            branches[count++] = new Hypothesis(to, known * Laplace(change - step, noise + _usualChange + (KnownSpread * Math.Abs(step))), time, Math.Sign(step));
        }

        double size = Math.Abs(change);
        if (size <= ClearlyChanged * noise || before.LampLux + change < -AgreeShare * size) return count;
        int direction = Math.Sign(change);
        bool isSettling = direction == before.Direction && time - before.Switched <= Settling;
        double density = switches * NewLevel * (_levelCount > 0 ? 1 - ToKnown : 1 - ToDarkAtFirst) / size;
        if (isSettling) density += 0.075 / size; // more of a switching is likely to come
        branches[count++] = new Hypothesis(Math.Max(0, before.LampLux + change), before.Weight * density, isSettling ? before.Switched : time, direction);
        return count;
    }

    /// <summary>Keeps the likeliest; those that say the same are one. False where nothing explains the reading.</summary>
    private bool Keep(ReadOnlySpan<Hypothesis> branches)
    {
        _count = 0;
        double kept = 0;
        foreach (Hypothesis branch in branches)
        {
            int same = 0;
            while (same < _count && Math.Abs(_hypotheses[same].LampLux - branch.LampLux) >= 0.03 * Math.Max(_hypotheses[same].LampLux, branch.LampLux) + 1) same++;
            if (same == Most || branch.Weight <= 0) continue;
            if (same == _count)
            {
                _hypotheses[_count++] = branch;
            }
            else
            {
                Hypothesis other = _hypotheses[same];
                double weight = other.Weight + branch.Weight;
                _hypotheses[same] = other with { Weight = weight, LampLux = other.LampLux + ((branch.LampLux - other.LampLux) * branch.Weight / weight) };
            }

            kept += branch.Weight;
        }

        if (kept < 1e-200) return false;
        for (int i = 0; i < _count; i++) _hypotheses[i] = _hypotheses[i] with { Weight = Math.Max(1e-9, _hypotheses[i].Weight / kept) }; // none is ever quite dead
        return true;
    }

    /// <summary>A level that lamps went up to, once it has settled and nothing else explains it.</summary>
    private void LearnLevel()
    {
        Hypothesis likeliest = _hypotheses[0];
        TimeSpan since = _time - likeliest.Switched;
        if (likeliest.Weight > Agreed && likeliest.Direction > 0 && since > Settling && since <= Settling + LongestStep) Remember(likeliest.LampLux);
    }

    private void Remember(double levelLux)
    {
        if (levelLux < Math.Max(SmallestLevelLux, SmallestLevelShare * Brightest())) return;
        for (int i = 0; i < _levelCount; i++)
        {
            if (Math.Abs(_levels[i] - levelLux) >= SameLevel * levelLux) continue;
            _levels[i] += 0.3 * (levelLux - _levels[i]);
            return;
        }

        if (_levelCount == MostLevels) Array.Copy(_levels, 1, _levels, 0, --_levelCount);
        _levels[_levelCount++] = levelLux;
    }

    private double? Agree()
    {
        int likeliest = 0;
        for (int i = 1; i < _count; i++)
            if (_hypotheses[i].Weight > _hypotheses[likeliest].Weight) likeliest = i;
        double tolerance = Math.Max(AgreeLux, Math.Max(AgreeShare * _lux, AgreeLevelShare * Brightest()));
        double sum = 0, weight = 0, all = 0;
        for (int i = 0; i < _count; i++)
        {
            Hypothesis one = _hypotheses[i];
            all += one.Weight;
            if (Math.Abs(one.LampLux - _hypotheses[likeliest].LampLux) > tolerance) continue;
            sum += one.Weight * one.LampLux;
            weight += one.Weight;
        }

        return weight >= Agreed * all ? Math.Min(_lux, sum / weight) : null;
    }

    private double Noise(double lux) => ResolutionLux + (NoiseShare * (lux + _lux) / 2);

    private double Brightest()
    {
        double brightest = 0;
        for (int i = 0; i < _levelCount; i++) brightest = Math.Max(brightest, _levels[i]);
        return brightest;
    }

    private static double Laplace(double x, double scale) => Math.Exp(-Math.Abs(x) / scale) / (2 * scale);

    /// <summary>One explanation.</summary>
    /// <param name="LampLux">What the lamps give, lx.</param>
    /// <param name="Weight">How probable it is, 0..1.</param>
    /// <param name="Switched">When they were last switched.</param>
    /// <param name="Direction">1 up, -1 down, 0 where it was dark from the start.</param>
    private readonly record struct Hypothesis(double LampLux, double Weight, DateTimeOffset Switched, int Direction);
}
