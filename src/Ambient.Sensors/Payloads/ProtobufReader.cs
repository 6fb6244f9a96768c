using System.Buffers.Binary;
using System.Text;

namespace Ambient.Sensors.Payloads;

/// <summary>Reads Protocol Buffers' wire format field by field: as much as Sparkplug needs, nothing generated.</summary>
/// <remarks>Source: protobuf.dev, "Encoding". Bytes that make no sense end the reading with <see cref="IsBroken"/>.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Number of the field that <see cref="TryNext"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Value of a varint or fixed field.</summary>
    public ulong Number { get; private set; }

    /// <summary>Content of a delimited field.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Whether the bytes are no Protocol Buffers.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The content as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Goes to the next field; false at the end or where the bytes are broken.</summary>
    public bool TryNext()
    {
        if (_rest.IsEmpty || IsBroken) return false;
        if (!TryVarint(out ulong tag)) return false;
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        Content = default;
        Number = 0;
        switch ((int)(tag & 7))
        {
            case Varint when TryVarint(out ulong number):
                Number = number;
                return true;
            case Fixed64 when _rest.Length >= 8:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                return true;
            case Fixed32 when _rest.Length >= 4:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                return true;
            case Delimited when TryVarint(out ulong length) && length <= (ulong)_rest.Length:
                Content = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                IsBroken = true;
                return false;
        }
    }

    private bool TryVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10 && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << 7 * i;
            if (_rest[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return true;
        }

        IsBroken = true;
        return false;
    }
}
