using System.Text.Json;
using System.Text.Json.Nodes;
using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Tests;

public class MoodFileTests
{
    private static readonly string Calm = File.ReadAllText(Path.Combine(Some.Root, "moods", "calm.json"));

    [Fact]
    public void The_twelve_moods_load() =>
        Assert.All(["brand-example", "bright", "calm", "cathedral", "focus", "forest", "night", "off", "rain", "social", "welcome", "wind-down"], name => Assert.Contains(name, Some.Moods().Names));

    [Theory]
    [InlineData("\"valence\": 0.4", "\"valence\": 4", "calm.json: valence: 4 must be -1 to 1.")]
    [InlineData("\"onsetsPerMinute\": [8, 14]", "\"onsetsPerMinute\": [14, 8]", "calm.json: onsetsPerMinute: [14, 8] must be [least, most] within 0.5 to 45.")]
    [InlineData("\"onsetsPerMinute\": [8, 14]", "\"onsetsPerMinute\": 8", "calm.json: onsetsPerMinute: must be [least, most]")]
    [InlineData("\"tonics\": [\"C\",", "\"tonics\": [\"H\",", "calm.json: palette.tonics: 'H' must be a note: C, C#, Db, D, … B.")]
    [InlineData("\"soprano\": [62, 76]", "\"soprano\": [62, 66]", "calm.json: registers.soprano: [62, 66] must span an octave (most - least at least 11).")]
    [InlineData("\"instrument\": \"pad\"", "\"instrument\": \"kazoo\"", "calm.json: layers.bed.instrument: 'kazoo' is no instrument. There are: pad, bell, drone, noise")]
    [InlineData("\"instrument\": \"pad\"", "\"instrument\": \"felt\"", "calm.json: layers: 'felt' plays bed and speak; an instrument may have one role.")]
    [InlineData("\"wet\": 0.4", "\"damp\": 0.4", "calm.json: reverb.damp: 0.4 is set, but there is no such key. There are: rt60Seconds, wet.")]
    [InlineData("\"crowd\": {", "\"weather\": {", "calm.json: follows: 'weather' is unknown. There are: occupancy, crowd, activity, noise, light, arousal, evening, daylight.")]
    [InlineData("\"quartal\"", "\"tristan\"", "calm.json: palette.chords: 'tristan' is no chord. There are: 5, sus2, ")]
    [InlineData("\"exit\": \"phrase\"", "\"exit\": \"cue\"", "calm.json: transitions[0].exit: 'cue' is unknown. There are: immediate, beat, bar, phrase.")]
    [InlineData("\"fadeBeats\": 72", "\"fadeBeats\": 1", "calm.json: transitions[0].fadeBeats: 1 must be 8 to 240.")]
    [InlineData("\"from\": \"any\"", "\"from\": \"rain\", \"to\": \"focus\"", "calm.json: transitions[0]: from 'rain' to 'focus' must begin or end at 'calm'.")]
    [InlineData("\"name\": \"calm\"", "\"name\": \"Calm\"", "calm.json: name: 'Calm' must be the file's name, 'calm'.")]
    public void A_wrong_mood_names_file_key_value_and_what_would_be_right(string right, string wrong, string message)
    {
        Assert.Contains(right, Calm, StringComparison.Ordinal);
        var problem = Assert.Throws<MoodException>(() => MoodFile.Parse(Calm.Replace(right, wrong, StringComparison.Ordinal), "calm.json"));
        Assert.Contains(message, problem.Problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_json_says_where() =>
        Assert.StartsWith("calm.json: ", Assert.Throws<MoodException>(() => MoodFile.Parse(Calm[..100], "calm.json")).Problems[0], StringComparison.Ordinal);

    [Fact]
    public void An_unknown_mood_is_answered_with_the_list_of_moods() =>
        Assert.StartsWith("No mood is called 'party'. There are: brand-example, bright, calm, ", Assert.Throws<ArgumentException>(() => Some.Moods()["party"]).Message, StringComparison.Ordinal);

    [Fact]
    public void The_schema_knows_every_instrument_chord_role_and_axis()
    {
        string schema = File.ReadAllText(Path.Combine(Some.Root, "moods", "mood.schema.json"));
        string[] words = [.. Orchestra.Names, .. ChordVocabulary.Names, .. MoodCheck.Names<LayerRole>(), .. MoodCheck.Names<IntentAxis>(), .. MoodCheck.Names<ContextFeature>(), .. MoodCheck.Names<ExitPoint>(), .. MoodCheck.Names<Bridge>()];
        Assert.All(words, word => Assert.Contains($"\"{word}\"", schema, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("valence")]
    [InlineData("arousal")]
    [InlineData("dayArc")]
    [InlineData("loudnessLu")]
    [InlineData("brightnessOctaves")]
    public void The_schema_and_the_check_have_the_same_ranges(string key)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Some.Root, "moods", "mood.schema.json")));
        JsonElement property = schema.RootElement.GetProperty("properties").GetProperty(key);
        foreach (string bound in (string[])["minimum", "maximum"])
        {
            double allowed = property.GetProperty(bound).GetDouble();
            double beyond = allowed + (bound == "minimum" ? -0.01 : 0.01);
            Assert.Empty(Set(allowed));
            Assert.Single(Set(beyond));
        }

        List<string> Set(double value)
        {
            var mood = JsonNode.Parse(Calm)!.AsObject();
            mood[key] = value;
            try
            {
                MoodFile.Parse(mood.ToJsonString(), "calm.json");
                return [];
            }
            catch (MoodException wrong)
            {
                return [.. wrong.Problems];
            }
        }
    }

    [Fact]
    public void The_most_particular_transition_wins_and_any_to_any_is_the_default()
    {
        Mood focus = Some.Moods()["focus"];
        Assert.Equal("drone", MoodTransition.Between(Some.Moods()["social"], focus).Bridge);
        Assert.Equal("shared", MoodTransition.Between(Some.Moods()["calm"], focus).Bridge);
        Assert.Equal(120, MoodTransition.Between(Some.Moods()["wind-down"], Some.Moods()["night"]).FadeBeats);
        Assert.Equal(MoodTransition.Default, MoodTransition.Between(new Mood { Name = "a" }, new Mood { Name = "b" }));
    }

    [Fact]
    public void A_moods_own_level_is_60_at_minus_26_lufs_and_two_steps_a_loudness_unit()
    {
        Assert.Equal(60, Some.Moods()["calm"].OwnLevel);
        Assert.Equal(56, Some.Moods()["focus"].OwnLevel);
        Assert.Equal(0, Some.Moods()["off"].OwnLevel);
    }
}
