using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Bindings.Linux;
using Ambient.Sensors.Devices;

namespace Ambient.Sensors.Tests.Devices;

/// <summary>No machine of ours has GPIO lines; that the kernel gets what it expects is held by its struct layout, byte by byte.</summary>
public sealed class GpioSensorTests
{
    [Fact]
    public void Structures_have_the_kernels_sizes()
    {
        Assert.Equal(592, Unsafe.SizeOf<GpioLineRequest>());
        Assert.Equal(16, Unsafe.SizeOf<GpioLineValues>());
        Assert.Equal(48, Unsafe.SizeOf<GpioLineEvent>());
    }

    [Fact]
    public void A_request_says_line_bias_edges_and_debounce_where_the_kernel_looks_for_them()
    {
        GpioLineRequest request = GpioLineRequest.Input(17, GpioBias.PullUp, isActiveLow: true, debounceMicroseconds: 20_000);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<GpioLineRequest>(in request));
        Assert.Equal(17, BitConverter.ToInt32(bytes));
        Assert.True(bytes[256..264].SequenceEqual("ambient\0"u8)); // consumer
        Assert.Equal(0x136UL, BitConverter.ToUInt64(bytes[288..])); // ACTIVE_LOW | INPUT | EDGE_RISING | EDGE_FALLING | BIAS_PULL_UP
        Assert.Equal(1u, BitConverter.ToUInt32(bytes[296..])); // num_attrs
        Assert.Equal(3u, BitConverter.ToUInt32(bytes[320..])); // GPIO_V2_LINE_ATTR_ID_DEBOUNCE
        Assert.Equal(20_000u, BitConverter.ToUInt32(bytes[328..]));
        Assert.Equal(1UL, BitConverter.ToUInt64(bytes[336..])); // mask: line 0 of the request
        Assert.Equal(1u, BitConverter.ToUInt32(bytes[560..])); // num_lines
    }

    [Fact]
    public void Without_debounce_no_attribute_is_sent() =>
        Assert.Equal(0u, GpioLineRequest.Input(4, GpioBias.AsIs, false, 0).ConfigAttributeCount);

    [Theory]
    [InlineData("/dev/gpiochip-none", "open /dev/gpiochip-none")]
    [InlineData("/dev/null", "/dev/null line 17")] // not a GPIO chip: ENOTTY
    public async Task A_chip_that_is_none_is_an_IOException_that_names_it(string chip, string message)
    {
        ISensor sensor = DeviceCatalog.Create(new DeviceConfig { Kind = "gpio", Device = chip, Line = 17 }, TimeProvider.System);
        IOException problem = await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (Reading _ in sensor.ReadAsync(CancellationToken.None)) break;
        });
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(13, true)] // EACCES
    [InlineData(1, true)] // EPERM
    [InlineData(16, false)] // EBUSY
    public void A_refusal_of_the_kernel_says_which_group_would_help(int errno, bool isRefusal)
    {
        IOException told = Permission.Explain(new IOException("open /dev/gpiochip0: …", errno), "gpio");
        Assert.Equal(isRefusal, told.Message.Contains("has to be in group gpio: sudo usermod -aG gpio", StringComparison.Ordinal));
        Assert.StartsWith("open /dev/gpiochip0", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_told()
    {
        Assert.Equal(
            ["Line is missing; allowed: 0..1023, on a Raspberry Pi the GPIO number (not the pin's)", "Quantity is 'co2'. There are: motion, occupancy, presence, contact, mute"],
            new DeviceConfig { Kind = "gpio", Quantity = "co2" }.Problems());
        Assert.Empty(new DeviceConfig { Kind = "gpio", Line = 27, Quantity = "mute", Bias = GpioBias.PullUp, ActiveLow = true }.Problems());
    }
}
