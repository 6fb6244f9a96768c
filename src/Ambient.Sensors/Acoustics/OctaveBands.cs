namespace Ambient.Sensors.Acoustics;

/// <summary>Energy in the octaves from 31.5 Hz to 8 kHz (IEC 61260-1, base 2), each at half the sample rate of the one above it.</summary>
/// <remarks>Six-pole Butterworth bands; halving the rate each time makes nine bands cost little more than two. For 44.1 and 48 kHz.</remarks>
internal sealed class OctaveBands
{
    /// <summary>Nominal centres, lowest first, Hz.</summary>
    public static readonly double[] CentresHz = [31.5, 63, 125, 250, 500, 1_000, 2_000, 4_000, 8_000];

    private const double TopCentreHz = 8_000;

    // Below the stopband of the next octave's images, above its upper edge (5.66 kHz of 48 kHz).
    private const double HalvingCorner = 9_500.0 / 48_000;

    private readonly Stage[] _stages; // highest octave first

    public OctaveBands(int rateHz)
    {
        _stages = new Stage[CentresHz.Length];
        double centre = TopCentreHz / rateHz;
        for (int i = 0; i < _stages.Length; i++) _stages[i] = new Stage(centre);
    }

    public void Process(double sample)
    {
        for (int i = 0; i < _stages.Length; i++)
            if (!_stages[i].Process(sample, out sample)) return;
    }

    /// <summary>Mean square per band since the last call, lowest octave first, and starts anew.</summary>
    public double[] Take()
    {
        var bands = new double[_stages.Length];
        for (int i = 0; i < bands.Length; i++) bands[^(i + 1)] = _stages[i].Take();
        return bands;
    }

    private struct Stage
    {
        private Biquad _band1, _band2, _band3;
        private Biquad _halving1, _halving2, _halving3;
        private bool _isOdd;
        private double _energy;
        private int _count;

        public Stage(double centre)
        {
            // Butterworth of order 3 from low-pass to band-pass: one real pole and a pair become three resonators.
            double lower = Math.Tan(Math.PI * centre / Math.Sqrt(2)), upper = Math.Tan(Math.PI * centre * Math.Sqrt(2));
            (_band1, _band2, _band3) = BandPass(lower, upper, 2 * Math.PI * centre);
            _halving1 = LowPass(0.5176380902);
            _halving2 = LowPass(1.4142135624);
            _halving3 = LowPass(1.9318516526);
        }

        public bool Process(double sample, out double halved)
        {
            double band = _band3.Process(_band2.Process(_band1.Process(sample)));
            _energy += band * band;
            _count++;
            halved = _halving3.Process(_halving2.Process(_halving1.Process(sample)));
            return _isOdd = !_isOdd;
        }

        public double Take()
        {
            double mean = _count == 0 ? 0 : _energy / _count;
            (_energy, _count) = (0, 0);
            return mean;
        }

        private static (Biquad, Biquad, Biquad) BandPass(double lower, double upper, double centreAngle)
        {
            double width = upper - lower, product = lower * upper;
            Biquad middle = Section(width, product);

            // s^2 + s + 1 at s -> (s^2 + product) / (width s): two poles p with p + product / p = width * prototype.
            var prototype = new System.Numerics.Complex(-0.5, Math.Sqrt(3) / 2);
            System.Numerics.Complex half = prototype * width / 2, root = System.Numerics.Complex.Sqrt(half * half - product);
            System.Numerics.Complex one = half + root, two = half - root;
            Biquad first = Section(-2 * one.Real, one.Magnitude * one.Magnitude);
            Biquad last = Section(-2 * two.Real, two.Magnitude * two.Magnitude);
            double gain = first.GainAt(centreAngle) * middle.GainAt(centreAngle) * last.GainAt(centreAngle);
            return (first, middle, last.Times(1 / gain));
        }

        // s / (s^2 + damping s + product) by the bilinear transform; the gain is settled by the caller.
        private static Biquad Section(double damping, double product)
        {
            double norm = 1 / (1 + damping + product);
            return new(norm, 0, -norm, 2 * (product - 1) * norm, (1 - damping + product) * norm);
        }

        private static Biquad LowPass(double damping)
        {
            double k = Math.Tan(Math.PI * HalvingCorner), norm = 1 / (1 + damping * k + k * k);
            return new(k * k * norm, 2 * k * k * norm, k * k * norm, 2 * (k * k - 1) * norm, (1 - damping * k + k * k) * norm);
        }
    }
}
