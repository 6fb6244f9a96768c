using Ambient.Daemon.Configuration;
using Ambient.Daemon.Room;
using Ambient.Sensors;

namespace Ambient.Daemon.Tests.Room;

public sealed class RoomRecorderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-recorder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nothing_is_recorded_unless_somebody_asks_for_it()
    {
        Assert.Null(RoomRecorder.Open(AmbientConfig.Parse("{}", Path.Combine(_folder, "ambient.json")), out string? fault));
        Assert.Null(fault);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Records_into_the_state_folder_what_a_render_can_follow()
    {
        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.FromHours(1));
        RoomRecorder recorder = RoomRecorder.Open(AmbientConfig.Parse("""{"Recording": {"Enabled": true}}""", Path.Combine(_folder, "ambient.json")), out _)!;
        var fusion = new Sensors.Fusion.ContextFusion();
        var lived = new List<ContextVector>();
        recorder.Take(fusion.Fuse(start));
        for (int second = 0; second < 120; second++)
        {
            var reading = new Reading(start.AddSeconds(second), "pir", Quantity.Motion, second / 30 % 2);
            fusion.Add(reading);
            recorder.Take(reading);
            lived.Add(fusion.Fuse(reading.Time.AddMilliseconds(50)));
            recorder.Take(lived[^1]);
        }

        await recorder.DisposeAsync();
        Assert.Null(recorder.Fault);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(_folder, "state", "recordings"), "room-20260302T090000-*.csv.gz"));
        var render = new RenderContext(new FileInfo(file), calibration: null);
        for (int second = 0; second < 120; second++)
        {
            ContextVector heard = render.At(second * 48_000L + 9_600); // 0.2 s after its fusion
            Assert.Equal(lived[second], heard with { Time = lived[second].Time });
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_a_fault_and_no_end()
    {
        File.WriteAllText(Path.Combine(_folder, "state"), "not a folder");
        Assert.Null(RoomRecorder.Open(AmbientConfig.Parse("""{"Recording": {"Enabled": true}}""", Path.Combine(_folder, "ambient.json")), out string? fault));
        Assert.StartsWith("Nothing is recorded: folder '", fault, StringComparison.Ordinal);
    }
}
