using Ambient.Sensors.Devices;

namespace Ambient.Sensors.Tests.Devices;

public sealed class Ld2410SensorTests
{
    // Basic mode, after the example of the manufacturer's protocol description, section 2.3.2.
    private const string Still = "F4F3F2F1 0D00 02 AA 02 5100 00 0000 3B 0000 55 00 F8F7F6F5";
    private const string Moving = "F4F3F2F1 0D00 02 AA 01 9600 3C 0000 00 9600 55 00 F8F7F6F5"; // 150 cm
    private const string Both = "F4F3F2F1 0D00 02 AA 03 1E00 3C 7800 39 0000 55 00 F8F7F6F5";
    private const string Nobody = "F4F3F2F1 0D00 02 AA 00 0000 00 0000 00 0000 55 00 F8F7F6F5";

    // Engineering mode, section 2.3.3 of the same: nine gates each of moving and still energy more.
    private const string Engineering = "F4F3F2F1 2300 01 AA 03 1E00 3C 0000 39 0000 08 08 3C2205030304010600 000039101313060608 03 05 55 00 F8F7F6F5";

    [Theory]
    [InlineData(Still, false, true, 0)]
    [InlineData(Moving, true, false, 150)]
    [InlineData(Both, true, true, 30)]
    [InlineData(Nobody, false, false, 0)]
    [InlineData(Engineering, true, true, 30)]
    public void A_frame_says_who_is_there(string hex, bool isMoving, bool isStill, int distanceCm) =>
        Assert.Equal(new Ld2410Frame(isMoving, isStill, distanceCm), Assert.Single(Parse(Bytes(hex), 512)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(4_096)]
    public void Frames_cut_anywhere_between_garbage_come_out_whole(int cut)
    {
        byte[] garbage = [0xF4, 0xF3, 0x00, 0xF4, 0xF3, 0xF2, 0xF1, 0xFF, 0xFF, 0x55];
        byte[] broken = Bytes(Moving);
        broken[^2] ^= 1; // trailer
        byte[] line = [.. garbage, .. Bytes(Moving), .. broken, .. Bytes(Still), .. Bytes(Still)[..11], .. Bytes(Both), .. garbage, .. Bytes(Nobody)];
        Assert.Equal([(true, false), (false, true), (true, true), (false, false)], Parse(line, cut).Select(frame => (frame.IsMoving, frame.IsStill)));
    }

    [Fact]
    public void Noise_alone_makes_no_frame_and_no_end()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        var parser = new Ld2410Parser();
        Assert.Empty(parser.Add(noise).ToList());
        Assert.InRange(parser.SkippedBytes, 99_000, 100_000);
    }

    [Fact]
    public async Task A_serial_line_becomes_readings()
    {
        using var line = new PseudoTerminal();
        ISensor radar = DeviceCatalog.Create(new DeviceConfig { Kind = "ld2410", Name = "desk", Device = line.Path, Baud = 115_200 }, new ManualTimeProvider(Some.Noon));
        await using IAsyncEnumerator<Reading> readings = radar.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        ValueTask<bool> first = readings.MoveNextAsync();
        line.Write([0x00, .. Bytes(Moving)[..9]]);
        line.Write(Bytes(Moving)[9..]);
        Assert.True(await first);
        Assert.Equal(new Reading(Some.Noon, "desk", Quantity.Presence, 1), readings.Current);
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(new Reading(Some.Noon, "desk", Quantity.Motion, 1), readings.Current);
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(new Reading(Some.Noon, "desk", Quantity.Distance, 1.5), readings.Current);
        line.Write([.. Bytes(Moving), .. Bytes(Moving), .. Bytes(Nobody)]); // the same again within a second says nothing new
        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(new Reading(Some.Noon, "desk", Quantity.Presence, 0), readings.Current);
        line.Close();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await readings.MoveNextAsync()) continue;
        });
    }

    [Fact]
    public void A_baud_rate_that_no_radar_has_is_told() =>
        Assert.Equal(["Baud is 1200; allowed: 9600, 19200, 38400, 57600, 115200, 230400, 256000"], new DeviceConfig { Kind = "ld2410", Baud = 1_200 }.Problems());

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    private static List<Ld2410Frame> Parse(byte[] line, int cut)
    {
        var parser = new Ld2410Parser();
        return [.. line.Chunk(cut).SelectMany(part => parser.Add(part))];
    }
}
