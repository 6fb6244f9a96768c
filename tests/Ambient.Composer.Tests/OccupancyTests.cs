using Ambient.Composer.Evaluation;
using Ambient.Sensors;

namespace Ambient.Composer.Tests;

/// <summary>An empty room fills: what sounds follows.</summary>
public class OccupancyTests
{
    private static readonly double[] Levels = [0, 0.2, 0.4, 0.6, 0.8, 1];

    [Fact]
    public void Notes_that_sound_in_three_minutes_rank_with_occupancy()
    {
        const int Seeds = 12;
        const int WindowSeconds = 180;
        var notes = new double[Levels.Length];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            var conductor = new Conductor(Some.Moods(), Some.Rules(), seed);
            var page = new Page();
            conductor.Request(new MoodRequest("calm"));
            for (int i = 0; i < Levels.Length; i++)
            {
                int level = (i + (5 * (int)seed)) % Levels.Length; // every seed begins with another one
                ContextVector room = ContextVector.Neutral with { Occupancy = Levels[level], IsOccupied = Levels[level] > 0.5 };
                long begin = (long)i * 2 * WindowSeconds * Some.Second;
                conductor.Advance(begin + (WindowSeconds * (long)Some.Second), room, page); // arrives
                page.Events.Clear();
                conductor.Advance(begin + (2 * WindowSeconds * (long)Some.Second), room, page);
                notes[level] += page.Events.Salient("calm").Count() / (double)Seeds;
            }
        }

        Assert.InRange(Spearman.Rho(Levels, notes), 0.9, 1);
        Assert.InRange(notes[^1] / notes[0], 1.5, 4);
    }

    [Fact]
    public void Intent_moves_within_five_seconds_never_goes_back_and_has_arrived_after_three_minutes()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 1);
        var page = new Page();
        conductor.Request(new MoodRequest("calm"));
        ContextVector empty = ContextVector.Neutral with { Occupancy = 0 }, full = ContextVector.Neutral with { Occupancy = 1, IsOccupied = true };
        conductor.Advance(300 * Some.Second, empty, page);
        double from = conductor.Intent.OnsetsPerMinute;
        var way = new List<double>();
        for (int second = 1; second <= 600; second++)
        {
            conductor.Advance((300 + second) * (long)Some.Second, full, page);
            way.Add(conductor.Intent.OnsetsPerMinute);
            if (second == 180) Assert.Contains("somebody came", conductor.Why.Text, StringComparison.Ordinal);
        }

        Assert.True(way[4] > from + (0.005 * (way[^1] - from)));
        Assert.True(way.Zip(way.Skip(1)).All(pair => pair.Second >= pair.First - 1e-9));
        Assert.True(way[179] >= from + (0.9 * (way[^1] - from)));
        Assert.Contains(conductor.Why.Factors, factor => factor is { Name: "occupancy → density", Value: 1, Weight: > 0 });
    }
}
