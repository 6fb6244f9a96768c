namespace Ambient.Synth.Metering;

/// <summary>Fourier transform of a fixed power-of-two size, in place, in double. For reports, never on the audio thread.</summary>
public sealed class Fft
{
    private readonly double[] _cosine;
    private readonly double[] _sine;
    private readonly int[] _reversed;

    /// <summary>Makes its tables.</summary>
    /// <param name="size">A power of two, 2 or more.</param>
    public Fft(int size)
    {
        if (size < 2 || !int.IsPow2(size)) throw new ArgumentOutOfRangeException(nameof(size), size, "A power of two is right.");
        Size = size;
        _cosine = new double[size / 2];
        _sine = new double[size / 2];
        for (int i = 0; i < size / 2; i++) (_sine[i], _cosine[i]) = Math.SinCos(-2 * Math.PI * i / size);
        _reversed = new int[size];
        int bits = int.Log2(size);
        for (int i = 1; i < size; i++) _reversed[i] = (_reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
    }

    /// <summary>Points.</summary>
    public int Size { get; }

    /// <summary>Transforms; no scaling. Swapping the two arguments gives the inverse, <see cref="Size"/> times too large.</summary>
    /// <param name="real">Shape [Size].</param>
    /// <param name="imaginary">Shape [Size].</param>
    public void Transform(Span<double> real, Span<double> imaginary)
    {
        for (int i = 0; i < Size; i++)
        {
            int j = _reversed[i];
            if (j <= i) continue;
            (real[i], real[j]) = (real[j], real[i]);
            (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
        }

        for (int half = 1; half < Size; half *= 2)
        {
            int stride = Size / (2 * half);
            for (int start = 0; start < Size; start += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    double c = _cosine[k * stride], s = _sine[k * stride];
                    int a = start + k, b = a + half;
                    double re = (real[b] * c) - (imaginary[b] * s);
                    double im = (real[b] * s) + (imaginary[b] * c);
                    (real[b], imaginary[b]) = (real[a] - re, imaginary[a] - im);
                    (real[a], imaginary[a]) = (real[a] + re, imaginary[a] + im);
                }
            }
        }
    }
}
