using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ambient.Synth.Outputs;

/// <summary>Writes a WAV file: 16, 24 or 32 bit, 48 kHz, stereo. Not paced: as fast as the disk.</summary>
/// <remarks>
/// While the file grows its header promises the most a WAV can hold, which players read as "until the end"; the true
/// sizes are written on disposal.
/// </remarks>
public sealed class WavOutput : IAudioOutput
{
    private const int HeaderBytes = 44;
    private const int Channels = 2;
    private const int PackedFrames = 1_024;

    private readonly FileStream _file;
    private readonly string _path;
    private readonly byte[] _packed;
    private readonly int _bytesPerFrame;
    private readonly uint _maxDataBytes;
    private long _dataBytes;

    /// <summary>Creates the file, or replaces it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bits">Of a sample: 16, 24 or 32.</param>
    /// <exception cref="IOException">The file cannot be made there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Another number of bits.</exception>
    public WavOutput(string path, int bits = 16)
    {
        if (bits is not (16 or 24 or 32)) throw new ArgumentOutOfRangeException(nameof(bits), bits, "A WAV file has samples of 16, 24 or 32 bits here.");
        _path = path;
        Bits = bits;
        _bytesPerFrame = Channels * bits / 8;
        _maxDataBytes = (uint.MaxValue - HeaderBytes) / (uint)_bytesPerFrame * (uint)_bytesPerFrame;
        _packed = bits == 24 ? new byte[PackedFrames * _bytesPerFrame] : [];
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        WriteHeader(_maxDataBytes);
    }

    /// <inheritdoc/>
    public string Name => $"wav:{_path}";

    /// <inheritdoc/>
    public bool IsPaced => false;

    /// <inheritdoc/>
    public int Bits { get; }

    /// <inheritdoc/>
    public long XrunCount => 0;

    /// <summary>What went wrong, once <see cref="Write"/> has refused: a full disk, or the 4 GB (in 16 bits 6.2 hours) that a WAV can hold.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31)
    {
        int frames = interleaved.Length / Channels;
        if (_dataBytes + (long)frames * _bytesPerFrame > _maxDataBytes)
        {
            Problem = $"{_path}: a WAV file holds 4 GB, {_maxDataBytes / _bytesPerFrame / 3_600.0 / SynthEngine.SampleRateHz:0.0} hours; start another one.";
            return -1;
        }

        try
        {
            if (Bits == 16) _file.Write(MemoryMarshal.AsBytes(interleaved));
            else if (Bits == 32) _file.Write(MemoryMarshal.AsBytes(wideQ31));
            else WritePacked(wideQ31);
        }
        catch (IOException failure)
        {
            Problem = $"{_path}: {failure.Message}"; // the caller sees the negative return and swaps the output
            return -1;
        }

        _dataBytes += (long)frames * _bytesPerFrame;
        return frames;
    }

    /// <summary>Completes the header and closes the file.</summary>
    public void Dispose()
    {
        if (!_file.CanWrite) return;
        try
        {
            _file.Position = 0;
            WriteHeader((uint)_dataBytes);
        }
        finally
        {
            _file.Dispose();
        }
    }

    private void WritePacked(ReadOnlySpan<int> wideQ31)
    {
        for (int at = 0; at < wideQ31.Length; at += Channels * PackedFrames)
        {
            ReadOnlySpan<int> chunk = wideQ31.Slice(at, Math.Min(Channels * PackedFrames, wideQ31.Length - at));
            Packed24.Write(chunk, _packed);
            _file.Write(_packed, 0, chunk.Length * Packed24.BytesPerSample);
        }
    }

    private void WriteHeader(uint dataBytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataBytes + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16); // bytes of the format chunk
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], Channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], SynthEngine.SampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(SynthEngine.SampleRateHz * _bytesPerFrame));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)_bytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], (ushort)Bits);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataBytes);
        _file.Write(header);
    }
}
