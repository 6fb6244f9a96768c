namespace Ambient.Sensors.Acoustics;

/// <summary>Integrating sound level meter after IEC 61672-1: one channel of samples in, once a second levels out.</summary>
/// <remarks>
/// It keeps filter states and sums, never samples; what goes in cannot be got back. One thread. A class-1 filter does not make
/// a class-1 instrument: the microphone in front of it decides.
/// </remarks>
internal sealed class SoundLevelMeter
{
    private const int StepsPerSecond = 10; // of time weighting F, whose time constant is 125 ms: nothing is missed in between
    private const int Seconds = 60;
    private const double FastSeconds = 0.125;
    private const double FullScale = 2_147_483_648.0; // samples are s.31
    private const int ClippedSample = 2_147_385_344; // within 0.05 % of full scale: S16's largest is 32 767 << 16 = 2 147 418 112
    private const double SmallestPower = 1e-15; // -150 dB: what stands for digital silence
    private const int ClippedRun = 3; // one sample at the end may be a peak that just fitted; three in a row are flat

    private readonly FrequencyWeighting _a;
    private readonly FrequencyWeighting _c;
    private readonly OctaveBands _octaves;
    private readonly MicrophoneLimits _limits;
    private readonly double _selfNoise; // mean square, as if it were a signal of SelfNoiseDba
    private readonly int _rateHz;
    private readonly int _stepFrames;
    private readonly double _fastGain;
    private readonly RecentLevels _minuteOfFast = new(Seconds * StepsPerSecond);
    private readonly RecentLevels _minuteOfSeconds = new(Seconds);
    private readonly Queue<SoundLevels> _ready = [];
    private double _energyA;
    private double _energyC;
    private double _fast;
    private double _fastMax;
    private int _frames;
    private int _clipped;
    private bool _isOverloaded;
    private int _secondsUntilSettled = 1; // the filters' own attack is not the room's

    public SoundLevelMeter(int rateHz, MicrophoneLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rateHz, 32_000);
        (_rateHz, _limits, _stepFrames) = (rateHz, limits, rateHz / StepsPerSecond);
        _a = FrequencyWeighting.A(rateHz);
        _c = FrequencyWeighting.C(rateHz);
        _octaves = new OctaveBands(rateHz);
        _selfNoise = Power(limits.SelfNoiseDba);
        _fastGain = 1 - Math.Exp(-1 / (FastSeconds * rateHz));
    }

    /// <summary>Listens to samples and forgets them.</summary>
    /// <param name="samplesQ31">One channel, shape [frames]; full scale 2^31.</param>
    public void Add(scoped ReadOnlySpan<int> samplesQ31)
    {
        foreach (int sampleQ31 in samplesQ31)
        {
            _clipped = Math.Abs((long)sampleQ31) >= ClippedSample ? _clipped + 1 : 0;
            _isOverloaded |= _clipped >= ClippedRun;
            double sample = sampleQ31 / FullScale;
            double a = _a.Process(sample), c = _c.Process(sample);
            _octaves.Process(sample);
            _energyA += a * a;
            _energyC += c * c;
            _fast += _fastGain * (a * a - _fast);
            _fastMax = Math.Max(_fastMax, _fast);
            _frames++;
            if (_frames % _stepFrames == 0 && _secondsUntilSettled == 0) _minuteOfFast.Add(_fast);
            if (_frames == _rateHz) EndSecond();
        }
    }

    /// <summary>The levels of the next second that is complete, if there is one.</summary>
    public bool TryTake(out SoundLevels? levels) => _ready.TryDequeue(out levels);

    private void EndSecond()
    {
        double[] octaves = _octaves.Take();
        if (_secondsUntilSettled > 0)
        {
            _secondsUntilSettled--;
        }
        else
        {
            double powerA = _energyA / _rateHz;
            _minuteOfSeconds.Add(powerA);
            _ready.Enqueue(new SoundLevels
            {
                LAeq1s = OfTheRoom(powerA),
                LCeq1s = Level(_energyC / _rateHz),
                LAeq1min = OfTheRoom(_minuteOfSeconds.Mean()),
                LAFmax = OfTheRoom(_fastMax),
                LA10 = OfTheRoom(_minuteOfFast.Exceeded(0.1)),
                LA50 = OfTheRoom(_minuteOfFast.Exceeded(0.5)),
                LA90 = OfTheRoom(_minuteOfFast.Exceeded(0.9)),
                OctavesDb = Array.ConvertAll(octaves, Level),
                IsOverloaded = _isOverloaded,
                IsBelowRange = powerA < 2 * _selfNoise,
            });
        }

        (_energyA, _energyC, _fastMax, _frames, _isOverloaded) = (0, 0, _fast, 0, false);
    }

    // The microphone's noise adds to the room as energy and is taken away as energy. Less than 3 dB above that noise the
    // difference is mostly chance, so there the answer is the noise itself: "at most this", and IsBelowRange.
    private double OfTheRoom(double power) => Level(Math.Max(power - _selfNoise, _selfNoise));

    // A full-scale sine has a mean square of one half.
    private double Level(double power) => _limits.FullScaleDb + 10 * Math.Log10(Math.Max(2 * power, SmallestPower));

    private double Power(double level) => Math.Pow(10, (level - _limits.FullScaleDb) / 10) / 2;
}
