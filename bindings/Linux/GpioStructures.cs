using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ambient.Bindings.Linux;

/// <summary><c>struct gpio_v2_line_request</c>, 592 bytes, with the parts of <c>gpio_v2_line_config</c> (272 bytes, at 288) that an input needs.</summary>
[StructLayout(LayoutKind.Explicit, Size = 592)]
internal unsafe struct GpioLineRequest
{
    private const ulong FlagActiveLow = 1 << 1;
    private const ulong FlagInput = 1 << 2;
    private const ulong FlagEdgeRising = 1 << 4;
    private const ulong FlagEdgeFalling = 1 << 5;
    private const ulong FlagBiasPullUp = 1 << 8;
    private const ulong FlagBiasPullDown = 1 << 9;
    private const ulong FlagBiasDisabled = 1 << 10;
    private const uint AttributeDebounce = 3; // GPIO_V2_LINE_ATTR_ID_DEBOUNCE

    [FieldOffset(0)]
    public fixed uint Offsets[64];

    [FieldOffset(256)]
    public fixed byte Consumer[32];

    [FieldOffset(288)]
    public ulong ConfigFlags;

    [FieldOffset(296)]
    public uint ConfigAttributeCount;

    [FieldOffset(320)] // after 5 words of padding: config_attribute 0 = { id, padding, value (8 bytes), mask }
    public uint AttributeId;

    [FieldOffset(328)]
    public uint AttributeDebounceMicroseconds;

    [FieldOffset(336)]
    public ulong AttributeMask;

    [FieldOffset(560)]
    public uint LineCount;

    [FieldOffset(564)]
    public uint EventBufferSize;

    [FieldOffset(588)]
    public int FileDescriptor;

    public static GpioLineRequest Input(int line, GpioBias bias, bool isActiveLow, uint debounceMicroseconds)
    {
        var request = new GpioLineRequest
        {
            LineCount = 1,
            ConfigFlags = FlagInput | FlagEdgeRising | FlagEdgeFalling | (isActiveLow ? FlagActiveLow : 0) | bias switch
            {
                GpioBias.None => FlagBiasDisabled,
                GpioBias.PullUp => FlagBiasPullUp,
                GpioBias.PullDown => FlagBiasPullDown,
                _ => 0,
            },
        };
        request.Offsets[0] = (uint)line;
        "ambient"u8.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.AsRef<byte>(request.Consumer), 32)); // what gpioinfo shows
        if (debounceMicroseconds == 0) return request;
        request.ConfigAttributeCount = 1;
        request.AttributeId = AttributeDebounce;
        request.AttributeDebounceMicroseconds = debounceMicroseconds;
        request.AttributeMask = 1;
        return request;
    }
}

/// <summary><c>struct gpio_v2_line_values</c>, 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GpioLineValues
{
    public ulong Bits;
    public ulong Mask;
}

/// <summary><c>struct gpio_v2_line_event</c>, 48 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 48)]
internal struct GpioLineEvent
{
    public const uint RisingEdge = 1;

    [FieldOffset(0)]
    public ulong TimestampNs;

    [FieldOffset(8)]
    public uint Id;
}
