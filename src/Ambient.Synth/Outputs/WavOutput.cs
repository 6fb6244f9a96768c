using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ambient.Synth.Outputs;

/// <summary>Writes a WAV file: 16 bit, 48 kHz, stereo. Not paced: as fast as the disk.</summary>
/// <remarks>
/// While the file grows its header promises the most a WAV can hold, which players read as "until the end"; the true
/// sizes are written on disposal.
/// </remarks>
public sealed class WavOutput : IAudioOutput
{
    private const int HeaderBytes = 44;
    private const int BytesPerFrame = 4;
    private const uint MaxDataBytes = uint.MaxValue - HeaderBytes - 3; // whole frames only

    private readonly FileStream _file;
    private readonly string _path;
    private long _dataBytes;

    /// <summary>Creates the file, or replaces it.</summary>
    /// <param name="path">Where.</param>
    /// <exception cref="IOException">The file cannot be made there.</exception>
    public WavOutput(string path)
    {
        _path = path;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        WriteHeader(MaxDataBytes);
    }

    /// <inheritdoc/>
    public string Name => $"wav:{_path}";

    /// <inheritdoc/>
    public bool IsPaced => false;

    /// <inheritdoc/>
    public long XrunCount => 0;

    /// <summary>What went wrong, once <see cref="Write"/> has refused: a full disk, or the 4 GB (6.2 hours) that a WAV can hold.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<short> interleaved)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(interleaved);
        if (_dataBytes + bytes.Length > MaxDataBytes)
        {
            Problem = $"{_path}: a WAV file holds 4 GB, 6.2 hours; start another one.";
            return -1;
        }

        try
        {
            _file.Write(bytes);
        }
        catch (IOException failure)
        {
            Problem = $"{_path}: {failure.Message}"; // the caller sees the negative return and swaps the output
            return -1;
        }

        _dataBytes += bytes.Length;
        return interleaved.Length / 2;
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

    private void WriteHeader(uint dataBytes)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], dataBytes + HeaderBytes - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 16); // bytes of the format chunk
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 2); // channels
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], SynthEngine.SampleRateHz);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], SynthEngine.SampleRateHz * BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], BytesPerFrame);
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 16); // bits per sample
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], dataBytes);
        _file.Write(header);
    }
}
