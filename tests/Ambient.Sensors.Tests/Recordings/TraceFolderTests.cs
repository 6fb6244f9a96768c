using Ambient.Sensors.Fusion;
using Ambient.Sensors.Recordings;

namespace Ambient.Sensors.Tests.Recordings;

public sealed class TraceFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-trace-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_recorded_afternoon_gives_the_same_contexts_when_it_is_replayed()
    {
        List<ContextVector> lived = Record(1_000_000);
        var fusion = new ContextFusion();
        List<ContextVector> replayed = [.. Rows().Select(row => Replay(fusion, row))];
        Assert.Equal(lived, replayed); // every feature, to the last bit
    }

    [Fact]
    public void The_file_also_tells_what_the_contexts_were()
    {
        List<ContextVector> lived = Record(1_000_000);
        int at = 0;
        var latest = new Dictionary<string, double>();
        foreach (IReadOnlyList<Reading> row in Rows())
        {
            foreach (Reading mark in row.Where(reading => reading.Quantity == Quantity.Context)) latest[mark.Sensor] = mark.Value;
            ContextVector context = lived[at++];
            Assert.Equal(context.Time, row[0].Time);
            Assert.Equal(context.Occupancy, latest["occupancy"], 4);
            Assert.Equal(context.Activity, latest["activity"], 4);
            Assert.Equal(context.IsOccupied ? 1 : 0, latest["occupied"]);
        }

        Assert.Equal(lived.Count, at);
    }

    [Fact]
    public void The_folder_stays_below_its_cap_and_each_file_can_be_replayed_by_itself()
    {
        const int Cap = 400_000;
        List<ContextVector> lived = Record(Cap, times: 25);
        Assert.True(Directory.GetFiles(_folder, "room-*").Sum(path => new FileInfo(path).Length) <= Cap);
        Assert.True(File.Exists(Path.Combine(_folder, "hall-1.csv.gz"))); // another zone's
        Assert.All(Directory.GetFiles(_folder, "room-*"), path =>
        {
            IReadOnlyList<Reading> first = Recording.Read(path, new AmbientTrace()).First();
            Assert.True(first.Count(reading => reading.Quantity == Quantity.Context) >= 6); // a whole context, not what changed
        });
        List<IReadOnlyList<Reading>> rows = Rows("room");
        Assert.InRange(rows.Count, lived.Count / 8, lived.Count - 1);
        Assert.Equal(lived[^1].Time, rows[^1][0].Time);
    }

    [Fact]
    public void What_was_flushed_survives_a_power_cut()
    {
        string path;
        using (var folder = new TraceFolder(_folder, "room", 1_000_000))
        {
            var fusion = new ContextFusion();
            folder.Write(fusion.Fuse(Some.At(-1)));
            Live(fusion, Some.OfficeAfternoon().Take(100), context => { }, folder);
            folder.Flush();
            path = Directory.GetFiles(_folder, "room-*")[0];
            File.Copy(path, path + ".cut");
        }

        using (var cut = new FileStream(path + ".cut", FileMode.Open)) cut.SetLength(cut.Length - 3);
        File.Move(path + ".cut", path, overwrite: true);
        Assert.InRange(Rows("room").Count, 91, 101);
    }

    [Fact]
    public void Repetitions_and_odd_names_come_back_as_they_were()
    {
        Reading repeat = Some.Reading(0, Quantity.Occupancy, 1, "a/desk, \"left\"") with { IsRepeat = true };
        using (var folder = new TraceFolder(_folder, "room", 1_000_000))
        {
            folder.Write(ContextVector.Neutral with { Time = Some.Noon });
            folder.Write(repeat);
            folder.Write(ContextVector.Neutral with { Time = Some.At(1) });
        }

        Assert.Equal(repeat with { Sensor = "a/desk_ _left_" }, Rows("room")[1].Single(reading => reading.Quantity == Quantity.Occupancy));
    }

    private List<ContextVector> Record(long cap, int times = 1)
    {
        var lived = new List<ContextVector>();
        using var folder = new TraceFolder(_folder, "room", cap);
        File.WriteAllText(Path.Combine(_folder, "hall-1.csv.gz"), "");
        var fusion = new ContextFusion();
        lived.Add(fusion.Fuse(Some.At(-1)));
        folder.Write(lived[0]);
        for (int i = 0; i < times; i++)
            Live(fusion, Some.OfficeAfternoon().Select(row => (IReadOnlyList<Reading>)[.. row.Select(reading => reading with { Time = reading.Time.AddDays(i) })]), lived.Add, folder);
        File.Delete(Path.Combine(_folder, times == 1 ? "hall-1.csv.gz" : "none"));
        return lived;
    }

    private static void Live(ContextFusion fusion, IEnumerable<IReadOnlyList<Reading>> rows, Action<ContextVector> observe, TraceFolder folder)
    {
        foreach (IReadOnlyList<Reading> row in rows)
        {
            foreach (Reading reading in row.Where(reading => !Quantities.IsLabel(reading.Quantity)))
            {
                fusion.Add(reading);
                folder.Write(reading);
            }

            // As the daemon does, some time after the readings.
            ContextVector context = fusion.Fuse(row[0].Time.AddSeconds(0.1234567));
            folder.Write(context);
            observe(context);
        }
    }

    private List<IReadOnlyList<Reading>> Rows(string? zone = null)
    {
        foreach (string other in Directory.GetFiles(_folder).Where(path => zone is not null && !Path.GetFileName(path).StartsWith(zone, StringComparison.Ordinal))) File.Delete(other);
        return [.. Recording.Read(_folder, new AmbientTrace())];
    }

    private static ContextVector Replay(ContextFusion fusion, IReadOnlyList<Reading> row)
    {
        foreach (Reading reading in row) fusion.Add(reading);
        return fusion.Fuse(row[0].Time);
    }
}
