using System.Buffers.Binary;

namespace Ambient.Sensors.Devices;

/// <summary>Bytes of an LD2410, cut anyhow, into its reports (HLK-LD2410 serial protocol, section 2.3).</summary>
/// <remarks>Header F4 F3 F2 F1, length, type 01 or 02, AA, state, distances and energies, 55, check, trailer F8 F7 F6 F5; little endian. What is no frame is skipped byte by byte.</remarks>
internal sealed class Ld2410Parser
{
    private const int HeaderBytes = 6; // with the length
    private const int TrailerBytes = 4;
    private const int ShortestPayload = 13;
    private const int LongestPayload = 64; // engineering mode has 35 and, with light, 37
    private const uint Header = 0xF1F2F3F4;
    private const uint Trailer = 0xF5F6F7F8;

    private readonly byte[] _bytes = new byte[512];
    private int _count;

    /// <summary>Bytes that belonged to no frame, since the start.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Adds what the line gave and takes out the frames that are complete.</summary>
    public IEnumerable<Ld2410Frame> Add(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int part = Math.Min(bytes.Length, _bytes.Length - _count);
            bytes[..part].CopyTo(_bytes.AsMemory(_count));
            _count += part;
            bytes = bytes[part..];
            while (TryTake(out Ld2410Frame? frame))
                if (frame is { } complete) yield return complete;
        }
    }

    // False when more bytes are needed; true with null when something was skipped.
    private bool TryTake(out Ld2410Frame? frame)
    {
        frame = null;
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, _count);
        if (bytes.Length < HeaderBytes) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Header || length is < ShortestPayload or > LongestPayload) return Skip(1);
        int whole = HeaderBytes + length + TrailerBytes;
        if (bytes.Length < whole) return false;
        ReadOnlySpan<byte> payload = bytes.Slice(HeaderBytes, length);
        bool isWhole = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeaderBytes + length)..]) == Trailer
            && (payload[0] is 1 or 2) && payload[1] == 0xAA && payload[^2] == 0x55 && payload[2] <= 3;
        if (!isWhole) return Skip(1);
        int moving = BinaryPrimitives.ReadUInt16LittleEndian(payload[3..]), still = BinaryPrimitives.ReadUInt16LittleEndian(payload[6..]);
        frame = new Ld2410Frame((payload[2] & 1) != 0, (payload[2] & 2) != 0, (payload[2] & 1) != 0 ? moving : still);
        Remove(whole);
        return true;
    }

    private bool Skip(int count)
    {
        SkippedBytes += count;
        Remove(count);
        return true;
    }

    private void Remove(int count)
    {
        _bytes.AsSpan(count, _count - count).CopyTo(_bytes);
        _count -= count;
    }
}
