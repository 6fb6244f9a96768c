using Ambient.Composer.Arrangement;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Tests;

/// <summary>The form over an hour and over days.</summary>
public class FormTests
{
    [Theory]
    [InlineData("calm", 3, 7)]
    [InlineData("social", 3, 7)]
    [InlineData("night", 2, 6)]
    public void An_hour_changes_its_key_a_few_times_over_shared_tones_and_has_thin_minutes(string name, int fewest, int most)
    {
        var keys = new List<(int Second, string Key)>();
        int thin = 0, longestThin = 0, bridge = 0;
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 11);
        conductor.Request(new MoodRequest(name));
        var page = new Page();
        for (int second = 1; second <= 3_600; second++)
        {
            conductor.Advance(second * (long)Some.Second, Some.InhabitedRoom, page);
            string key = conductor.Score.Key;
            bool isBridge = key.EndsWith("(shared)", StringComparison.Ordinal);
            bridge += isBridge ? 1 : 0;
            if (!isBridge && (keys.Count == 0 || keys[^1].Key != key)) keys.Add((second, key));
            thin = conductor.Score.Layers.Contains("speak") ? 0 : thin + 1;
            longestThin = Math.Max(longestThin, thin);
        }

        Assert.InRange(keys.Count - 1, fewest, most);
        // A key may come back when somebody else leads.
        bool hasOneLead = Some.Moods()[name].Layers["speak"].Alternates.Length == 0;
        if (hasOneLead) Assert.Equal(keys.Count, keys.Select(entry => entry.Key).Distinct().Count());
        Assert.InRange(bridge, 20 * (keys.Count - 2), 150 * keys.Count);
        Assert.InRange(longestThin, 55, 160);
    }

    [Fact]
    public void Layers_come_and_go_one_at_a_time_and_more_of_them_play_in_a_fuller_room()
    {
        Mood mood = Some.Moods()["calm"] with
        {
            Layers = new Dictionary<string, MoodLayer>
            {
                ["bed"] = new() { Instrument = "pad" },
                ["speak"] = new() { Instrument = "bell" },
                ["halo"] = new() { Instrument = "drone" },
                ["air"] = new() { Instrument = "noise" },
            },
        };
        var sections = new Sections(new Prng(3), new Cast());
        sections.Enter(mood, 1, atOnce: true);
        LayerRole[] all = Enum.GetValues<LayerRole>();
        LayerRole[] On() => [.. all.Where(sections.IsOn)];
        LayerRole[] before = On();
        int lastChange = 0;
        for (int second = 1; second <= 7_200; second++)
        {
            sections.Advance(1, mood, second < 3_600 ? 1 : -1);
            LayerRole[] now = On();
            int changes = before.Except(now).Concat(now.Except(before)).Count();
            Assert.InRange(changes, 0, 1);
            if (changes == 1)
            {
                Assert.True(second - lastChange >= 45, $"a layer changed after {second - lastChange} s");
                lastChange = second;
            }

            Assert.Contains(LayerRole.Bed, now);
            Assert.Contains(LayerRole.Speak, now);
            before = now;
        }

        Assert.DoesNotContain(LayerRole.Halo, On());
        Assert.DoesNotContain(LayerRole.Air, On());
        Assert.InRange(sections.Count, 8, 15);
    }

    [Fact]
    public void Every_card_is_drawn_and_none_twice_in_a_row()
    {
        Mood mood = Some.Moods()["calm"];
        var sections = new Sections(new Prng(5), new Cast());
        sections.Enter(mood, 0, atOnce: true);
        var cards = new List<ObliqueCard>();
        while (cards.Count < 120)
        {
            if (sections.Advance(1, mood, 0)) cards.Add(sections.Card);
        }

        Assert.Equal(Enum.GetValues<ObliqueCard>(), cards.Distinct().Order());
        Assert.DoesNotContain(cards.Zip(cards.Skip(1)), pair => pair.First == pair.Second && pair.First != ObliqueCard.None);
    }

    [Fact]
    public void No_two_days_are_the_same_and_each_can_be_had_again()
    {
        Assert.NotEqual(Day(new DateOnly(2026, 3, 2)), Day(new DateOnly(2026, 3, 3)));
        Assert.Equal(Day(new DateOnly(2026, 3, 2)), Day(new DateOnly(2026, 3, 2)));

        static int[] Day(DateOnly date)
        {
            var conductor = new Conductor(Some.Moods(), Some.Rules(), 1);
            conductor.BeginDay(date);
            conductor.Request(new MoodRequest("calm"));
            var page = new Page();
            conductor.Advance(300 * Some.Second, Some.InhabitedRoom, page);
            return [.. page.Events.Notes().Select(e => e.PitchCents)];
        }
    }

    [Fact]
    public void Rooms_of_one_place_share_a_motif_and_each_says_it_on_its_own_notes()
    {
        PlaceMotif motif = PlaceMotif.Of(7);
        Assert.Equal(motif.Steps, PlaceMotif.Of(7).Steps);
        Assert.Contains(Enumerable.Range(8, 5), other => !PlaceMotif.Of((ulong)other).Steps.SequenceEqual(motif.Steps));
        TokenMask scale = TokenMask.Where(pitch => pitch is >= 55 and <= 84 && pitch % 2 == 0);
        var memory = new MotifMemory(new Prng(1), motif);
        Assert.Equal(motif.Steps.Length, memory.BeginPhrase(scale, _ => 0));
        int first = memory.Continuation[0];
        for (int i = 0; i < motif.Steps.Length; i++)
        {
            Assert.Equal(first + (2 * motif.Steps[i]), memory.Continuation[0]);
            memory.Add(i * Some.Second, memory.Continuation[0]);
        }
    }

    [Fact]
    public void A_bridge_has_only_tones_of_both_palettes()
    {
        foreach (Mood from in Some.Moods().Moods.Where(mood => !mood.IsSilent))
        {
            foreach (Mood to in Some.Moods().Moods.Where(mood => !mood.IsSilent))
            {
                foreach ((Palette old, Palette next) in from.AllPalettes().Zip(to.AllPalettes().Reverse()))
                {
                    Palette shared = Harmony.Between(old, next, Bridge.Shared);
                    Palette fifths = Harmony.Between(old, next, Bridge.Fifths);
                    Assert.True(shared == old || (shared.Bed.Bits & ~(old.Bed.Bits & next.Bed.Bits)) == 0);
                    Assert.True(fifths == old || (fifths.Bed.Bits & ~(old.Bed.Bits & next.Bed.Bits)) == 0);
                    Assert.True(shared.Bed.Count >= 3 && fifths.Bed.Count >= 2);
                }
            }
        }
    }
}
