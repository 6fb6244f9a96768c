using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ambient.Daemon.Cli;

/// <summary>Reads a WAV file block by block: 48 kHz, mono or stereo, 16, 24 or 32 bit whole numbers or 32 bit floats, as 16-bit stereo.</summary>
internal sealed class WavReader : IDisposable
{
    private const int BlockFrames = 4_096;
    private const int SampleRateHz = 48_000;
    private const int FloatFormat = 3;
    private const int ExtensibleFormat = 0xFFFE;

    private readonly FileStream _file;
    private readonly string _path;
    private int _format;
    private int _channels;
    private int _bytesPerSample;
    private long _dataBytes;

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="CliException">It can't be read, or it is no such WAV.</exception>
    public WavReader(string path)
    {
        _path = path;
        try
        {
            _file = File.OpenRead(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read '{path}': {missing.Message}");
        }

        try
        {
            ReadHeader();
        }
        catch (EndOfStreamException)
        {
            throw Wrong("its header is cut off");
        }
    }

    /// <summary>Frames in the file.</summary>
    public long Frames => _dataBytes / (_bytesPerSample * _channels);

    /// <summary>Hands out all frames, in blocks.</summary>
    public void ReadAll(ReadOnlySpanAction action)
    {
        int frameBytes = _bytesPerSample * _channels;
        var bytes = new byte[BlockFrames * frameBytes];
        var samples = new short[2 * BlockFrames];
        long left = Frames;
        while (left > 0)
        {
            int got = _file.ReadAtLeast(bytes.AsSpan(0, (int)Math.Min(BlockFrames, left) * frameBytes), frameBytes, throwOnEndOfStream: false);
            int frames = got / frameBytes;
            if (frames == 0) return; // shorter than its header says, as after a crash: what there is, is judged
            _file.Seek((frames * frameBytes) - got, SeekOrigin.Current);
            for (int i = 0; i < frames; i++)
            {
                samples[2 * i] = Sample(bytes.AsSpan(i * frameBytes));
                samples[(2 * i) + 1] = _channels == 1 ? samples[2 * i] : Sample(bytes.AsSpan((i * frameBytes) + _bytesPerSample));
            }

            action(samples.AsSpan(0, 2 * frames));
            left -= frames;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void ReadHeader()
    {
        Span<byte> head = stackalloc byte[12];
        _file.ReadExactly(head);
        if (!head.StartsWith("RIFF"u8) || !head[8..].SequenceEqual("WAVE"u8)) throw Wrong("it is no WAV file");
        Span<byte> chunk = stackalloc byte[8];
        Span<byte> format = stackalloc byte[40];
        while (true)
        {
            _file.ReadExactly(chunk);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("data"u8))
            {
                if (_channels == 0) throw Wrong("its data come before their format");
                _dataBytes = Math.Min(length, _file.Length - _file.Position);
                return;
            }

            if (!chunk.StartsWith("fmt "u8))
            {
                _file.Seek(length + (length & 1), SeekOrigin.Current);
                continue;
            }

            int wanted = (int)Math.Min(length, 40);
            if (wanted < 16) throw Wrong("its format is cut off");
            _file.ReadExactly(format[..wanted]);
            _file.Seek(length - wanted + (length & 1), SeekOrigin.Current);
            Understand(format[..wanted]);
        }
    }

    private void Understand(ReadOnlySpan<byte> format)
    {
        _format = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (_format == ExtensibleFormat && format.Length >= 26) _format = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        _channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        uint rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        _bytesPerSample = bits / 8;
        if (rate != SampleRateHz) throw Wrong($"it has {rate} frames a second; 48000 would be right");
        if (_channels is not (1 or 2)) throw Wrong($"it has {_channels} channels; one or two would be right");
        if (!(_format == 1 && bits is 16 or 24 or 32) && !(_format == FloatFormat && bits == 32)) throw Wrong($"it holds format {_format} with {bits} bits; PCM with 16, 24 or 32 bits or float with 32 would be right");
    }

    private short Sample(ReadOnlySpan<byte> bytes) => (_format, _bytesPerSample) switch
    {
        (FloatFormat, _) => short.CreateSaturating(Math.Round(32_768 * MemoryMarshal.Read<float>(bytes))),
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (_, 3) => BinaryPrimitives.ReadInt16LittleEndian(bytes[1..]),
        _ => BinaryPrimitives.ReadInt16LittleEndian(bytes[2..]),
    };

    private CliException Wrong(string what) => new(ExitCodes.NoInput, $"Can't judge '{_path}': {what}.");

    /// <summary>Takes a block.</summary>
    public delegate void ReadOnlySpanAction(ReadOnlySpan<short> interleaved);
}
