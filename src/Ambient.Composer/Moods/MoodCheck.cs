using System.Globalization;
using Ambient.Composer.Direction;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Moods;

/// <summary>What a mood must fulfil so that music inside it is possible at all and safe to leave on all day.</summary>
internal static class MoodCheck
{
    /// <summary>Everything that is wrong, one line each: key, value, what is allowed.</summary>
    public static List<string> ProblemsOf(Mood mood)
    {
        var problems = new List<string>();
        if (mood.Name.Length == 0 || mood.Name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
        {
            problems.Add($"name: '{mood.Name}' must be made of a-z, 0-9 and '-'.");
        }

        Number("valence", mood.Valence, -1, 1);
        Number("arousal", mood.Arousal, -1, 1);
        Number("loudnessLu", mood.LoudnessLu, -10, 5);
        Number("brightnessOctaves", mood.BrightnessOctaves, -1, 1);
        Number("glideSeconds", mood.GlideSeconds, 45, 120);
        Number("pulse.strength", mood.Pulse.Strength, 0, 1);
        Number("palette.keyChangesPerHour", mood.Palette.KeyChangesPerHour, 0, 12);
        Number("reverb.rt60Seconds", mood.Reverb.Rt60Seconds, 0.5, 10);
        Number("reverb.wet", mood.Reverb.Wet, 0, 1);
        Range("pulse.bpm", mood.Pulse.Bpm, 30, 120);
        Range("onsetsPerMinute", mood.OnsetsPerMinute, 0.5, 45);
        Range("dwellSeconds", mood.DwellSeconds, 4, 120);
        Registers();
        if (!mood.IsSilent) Palette();
        Layers();
        foreach ((string corpus, double weight) in mood.Corpora) Number($"corpora.{corpus}", weight, 0, 1);
        Axes("intent", mood.Intent, 1);
        foreach ((string feature, Dictionary<string, double> pushes) in mood.Follows)
        {
            OneOf<ContextFeature>("follows", feature);
            Axes($"follows.{feature}", pushes, 2);
        }

        return problems;

        void Number(string key, double value, double min, double max)
        {
            if (!(value >= min && value <= max)) problems.Add(Invariant($"{key}: {value} must be {min} to {max}."));
        }

        void Range(string key, Bounds value, double min, double max)
        {
            if (!(value.Min >= min && value.Max <= max && value.Min <= value.Max))
            {
                problems.Add(Invariant($"{key}: [{value.Min}, {value.Max}] must be [least, most] within {min} to {max}."));
            }
        }

        void Registers()
        {
            foreach ((string key, Bounds register) in new[]
            {
                ("soprano", mood.Registers.Soprano), ("alto", mood.Registers.Alto), ("tenor", mood.Registers.Tenor),
                ("bass", mood.Registers.Bass), ("floor", mood.Registers.Floor),
            })
            {
                Range($"registers.{key}", register, 24, 95);
                if (register.Max - register.Min < 11)
                {
                    problems.Add(Invariant($"registers.{key}: [{register.Min}, {register.Max}] must span an octave (most - least at least 11)."));
                }
            }
        }

        void Palette()
        {
            if (mood.Palette.Tonics.Length == 0) problems.Add("palette.tonics: [] must name at least one tonic, such as \"C\".");
            foreach (string tonic in mood.Palette.Tonics)
            {
                if (PitchClassSet.Parse(tonic) is null) problems.Add($"palette.tonics: '{tonic}' must be a note: C, C#, Db, D, … B.");
            }

            if (mood.Palette.Scales.Length == 0) problems.Add("palette.scales: [] must hold at least one scale.");
            for (int i = 0; i < mood.Palette.Scales.Length; i++)
            {
                Scale($"palette.scales[{i}].bed", mood.Palette.Scales[i].Bed);
                Scale($"palette.scales[{i}].speak", mood.Palette.Scales[i].Speak);
            }
        }

        void Scale(string key, int[] pitchClasses)
        {
            if (pitchClasses.Distinct().Count() < 3 || pitchClasses.Any(pitchClass => pitchClass is < 0 or > 11))
            {
                problems.Add($"{key}: [{string.Join(", ", pitchClasses)}] must be at least 3 different semitones over the tonic, 0 to 11.");
            }
        }

        void Layers()
        {
            if (!mood.IsSilent && mood.Layers.Count == 0) problems.Add("layers: {} must name who plays: bed, floor, speak, texture.");
            foreach ((string role, MoodLayer layer) in mood.Layers)
            {
                OneOf<LayerRole>("layers", role);
                Number($"layers.{role}.gainDb", layer.GainDb, -30, 6);
                if (!Orchestra.Names.Contains(layer.Instrument))
                {
                    problems.Add($"layers.{role}.instrument: '{layer.Instrument}' is no instrument. There are: {string.Join(", ", Orchestra.Names)}.");
                }
            }

            foreach (var twice in mood.Layers.GroupBy(layer => layer.Value.Instrument).Where(group => group.Count() > 1))
            {
                problems.Add($"layers: '{twice.Key}' plays {string.Join(" and ", twice.Select(layer => layer.Key))}; an instrument may have one role.");
            }
        }

        void Axes(string key, Dictionary<string, double> pushes, double most)
        {
            foreach ((string axis, double push) in pushes)
            {
                OneOf<IntentAxis>(key, axis);
                Number($"{key}.{axis}", push, -most, most);
            }
        }

        void OneOf<T>(string key, string name)
            where T : struct, Enum
        {
            if (!Names<T>().Contains(name)) problems.Add($"{key}: '{name}' is unknown. There are: {string.Join(", ", Names<T>())}.");
        }
    }

    /// <summary>Names of an enumeration as mood files write them: camelCase.</summary>
    public static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(name => char.ToLowerInvariant(name[0]) + name[1..]);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
