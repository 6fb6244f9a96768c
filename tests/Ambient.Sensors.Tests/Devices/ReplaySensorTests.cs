using Ambient.Sensors.Devices;

namespace Ambient.Sensors.Tests.Devices;

public sealed class ReplaySensorTests
{
    [Fact]
    public async Task Plays_the_first_row_at_once_and_the_second_when_the_clock_has_come_so_far()
    {
        DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var clock = new ManualTimeProvider(start);
        ReplaySensor sensor = New(clock);
        await using IAsyncEnumerator<Reading> readings = sensor.ReadAsync(CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await readings.MoveNextAsync());
        Assert.Equal(new Reading(start, "day/S1", Quantity.Motion, 1), readings.Current);

        ValueTask<bool> next = readings.MoveNextAsync();
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await next);
        Assert.Equal(new Reading(start.AddSeconds(30), "day/S1", Quantity.Motion, 0), readings.Current);
        Assert.False(await readings.MoveNextAsync());
    }

    [Fact]
    public async Task Can_be_cancelled_while_it_waits_and_started_again()
    {
        ReplaySensor sensor = New(new ManualTimeProvider(Some.Noon));
        using var cancellation = new CancellationTokenSource();
        await using IAsyncEnumerator<Reading> readings = sensor.ReadAsync(cancellation.Token).GetAsyncEnumerator();
        Assert.True(await readings.MoveNextAsync());
        ValueTask<bool> next = readings.MoveNextAsync();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);

        await using IAsyncEnumerator<Reading> again = sensor.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await again.MoveNextAsync());
    }

    [Fact]
    public void The_catalogue_names_what_there_is()
    {
        var unknown = Assert.Throws<ArgumentException>(() => DeviceCatalog.Create(new DeviceConfig { Kind = "kazoo" }, TimeProvider.System));
        Assert.StartsWith("No device is called 'kazoo'. There are: gpio, hwmon, iio, ld2410, microphone, replay.", unknown.Message, StringComparison.Ordinal);
    }

    private static ReplaySensor New(TimeProvider clock) =>
        new("day", [[Some.Reading(0, Quantity.Motion, 1, "S1")], [Some.Reading(0.5, Quantity.Motion, 0, "S1")]], clock);
}
