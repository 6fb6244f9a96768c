using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Ambient.Synth;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Cli;

/// <summary>Sound that is rendered as fast as the machine can: block by block into a file, if there is one, a loudness meter and a hash of its 16 bits.</summary>
/// <param name="engine">Who plays.</param>
/// <param name="wav">File to write.</param>
/// <param name="seconds">Length of the whole.</param>
internal sealed class OfflineSound(SynthEngine engine, WavFile wav, int seconds) : IDisposable
{
    private readonly long _total = (long)seconds * SynthEngine.SampleRateHz;
    private readonly WavOutput? _output = wav.Create();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly LoudnessMeter _meter = new();
    private readonly short[] _block = new short[2 * SynthEngine.MaxBlockFrames];
    private readonly int[] _blockQ31 = new int[2 * SynthEngine.MaxBlockFrames];
    private string? _sha256;

    /// <summary>How far, 0..1.</summary>
    public double Progress => (double)engine.FramesRendered / _total;

    /// <summary>Integrated loudness, LUFS; null for silence, since JSON knows no infinity.</summary>
    public double? Lufs => Decibel(_meter.IntegratedLufs);

    /// <summary>True peak, dBTP; null for silence.</summary>
    public double? TruePeakDbtp => Decibel(_meter.TruePeakDbtp);

    /// <summary>Of all samples in 16 bits. Once everything is rendered.</summary>
    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>Renders the next block, 1024 frames or what is left.</summary>
    /// <returns>Its samples in 16 bits, L R L R …; empty at the end.</returns>
    /// <exception cref="CliException">The file can't take it.</exception>
    public ReadOnlySpan<short> Next()
    {
        Span<short> part = _block.AsSpan(0, 2 * (int)Math.Min(SynthEngine.MaxBlockFrames, _total - engine.FramesRendered));
        if (part.IsEmpty) return part;
        Span<int> partQ31 = _blockQ31.AsSpan(0, part.Length);
        engine.Render(partQ31);
        engine.Round(partQ31, part);
        _meter.Add(part);
        _hash.AppendData(MemoryMarshal.AsBytes<short>(part));
        if (_output?.Write(part, partQ31) < 0) throw new CliException(ExitCodes.Failed, $"{_output.Name} can't be written: is the disk full?");
        return part;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _output?.Dispose();
        _hash.Dispose();
    }

    private static double? Decibel(double value) => double.IsFinite(value) ? Math.Round(value, 2) : null;
}
