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
        Number("dayArc", mood.DayArc, 0, 1);
        Number("pulse.strength", mood.Pulse.Strength, 0, 1);
        Number("palette.keyChangesPerHour", mood.Palette.KeyChangesPerHour, 0, 12);
        Number("palette.omitThird", mood.Palette.OmitThird, 0, 1);
        Number("reverb.rt60Seconds", mood.Reverb.Rt60Seconds, 0.5, 10);
        Number("reverb.wet", mood.Reverb.Wet, 0, 1);
        Number("delay.beats", mood.Delay.Beats, 0.25, 4);
        Number("delay.feedback", mood.Delay.Feedback, 0, 0.9);
        Number("delay.wet", mood.Delay.Wet, 0, 1);
        Range("pulse.bpm", mood.Pulse.Bpm, 30, 120);
        LongestEcho();
        Range("onsetsPerMinute", mood.OnsetsPerMinute, 0.5, 45);
        Range("dwellSeconds", mood.DwellSeconds, 4, 120);
        Registers();
        if (!mood.IsSilent) Palette();
        Layers();
        Transitions();
        Journey();
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

        void LongestEcho()
        {
            double slowest = Math.Min(mood.Pulse.Bpm.Min, mood.Journey?.Bpm?.Min ?? double.PositiveInfinity);
            double most = Math.Floor(100 * MoodDelay.MaxSeconds * slowest / 60) / 100;
            if (mood.Delay.Wet > 0 && mood.Delay.Beats > most) problems.Add(Invariant($"delay.beats: {mood.Delay.Beats} must be at most {most} at {slowest} beats a minute (pulse.bpm): an echo comes within {MoodDelay.MaxSeconds} s."));
        }

        void Registers()
        {
            foreach ((string key, Bounds register) in new[]
            {
                ("soprano", mood.Registers.Soprano), ("alto", mood.Registers.Alto), ("tenor", mood.Registers.Tenor),
                ("bass", mood.Registers.Bass), ("floor", mood.Registers.Floor), ("glint", mood.Registers.Glint),
            })
            {
                Octave($"registers.{key}", register);
            }
        }

        void Octave(string key, Bounds register)
        {
            Range(key, register, 24, 95);
            if (register.Max - register.Min < 11) problems.Add(Invariant($"{key}: [{register.Min}, {register.Max}] must span an octave (most - least at least 11)."));
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

            foreach (string chord in mood.Palette.Chords.Except(ChordVocabulary.Names))
            {
                problems.Add($"palette.chords: '{chord}' is no chord. There are: {string.Join(", ", ChordVocabulary.Names)}.");
            }

            foreach (int interval in mood.Palette.ForbiddenIntervals.Where(interval => interval is < 1 or > 11))
            {
                problems.Add($"palette.forbiddenIntervals: {interval} must be 1 to 11 semitones.");
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
            if (!mood.IsSilent && mood.Layers.Count == 0) problems.Add($"layers: {{}} must name who plays: {string.Join(", ", Names<LayerRole>())}.");
            foreach ((string role, MoodLayer layer) in mood.Layers)
            {
                OneOf<LayerRole>("layers", role);
                string key = $"layers.{role}";
                Number($"{key}.gainDb", layer.GainDb, -30, 6);
                if (layer.Share is { } share) Number($"{key}.share", share, 0, 1);
                if (layer.PerMinute is { } rate) Number($"{key}.perMinute", rate, 0.01, 6);
                if (layer.Register is { } register) Octave($"{key}.register", register);
                foreach (string instrument in layer.Alternates.Prepend(layer.Instrument).Except(Orchestra.Names))
                {
                    problems.Add($"{key}.instrument: '{instrument}' is no instrument. There are: {string.Join(", ", Orchestra.Names)}.");
                }

                foreach (double[] note in layer.Motif.Where(note => note.Length != 2 || note[0] != Math.Round(note[0]) || Math.Abs(note[0]) > 7 || !(note[1] is >= 0.25 and <= 8)))
                {
                    problems.Add(Invariant($"{key}.motif: [{string.Join(", ", note)}] must be [step of the scale, beats]: a whole number from -7 to 7, and 0.25 to 8."));
                }
            }

            var players = mood.Layers.SelectMany(layer => layer.Value.Alternates.Prepend(layer.Value.Instrument).Select(instrument => (Instrument: instrument, Role: layer.Key)));
            foreach (var twice in players.GroupBy(player => player.Instrument).Where(group => group.Count() > 1))
            {
                problems.Add($"layers: '{twice.Key}' plays {string.Join(" and ", twice.Select(player => player.Role))}; an instrument may have one role.");
            }
        }

        void Transitions()
        {
            for (int i = 0; i < mood.Transitions.Length; i++)
            {
                MoodTransition rule = mood.Transitions[i];
                string key = $"transitions[{i}]";
                Number($"{key}.fadeBeats", rule.FadeBeats, 8, 240);
                OneOf<ExitPoint>($"{key}.exit", rule.Exit);
                OneOf<Bridge>($"{key}.bridge", rule.Bridge);
                (string from, string to) = rule.EndsOf(mood.Name);
                if (from != mood.Name && to != mood.Name) problems.Add($"{key}: from '{from}' to '{to}' must begin or end at '{mood.Name}'.");
            }
        }

        void Journey()
        {
            if (mood.Journey is not { } journey) return;
            Number("journey.minutes", journey.Minutes, 5, 120);
            Number("journey.meets", journey.Meets, 0, 1);
            if (journey.OnsetsPerMinute is { } onsets) Range("journey.onsetsPerMinute", onsets, 0.5, 45);
            if (journey.DwellSeconds is { } dwell) Range("journey.dwellSeconds", dwell, 4, 120);
            if (journey.Bpm is { } bpm) Range("journey.bpm", bpm, 30, 120);
            if (journey.LoudnessLu is { } loudness) Number("journey.loudnessLu", loudness, -10, 5);
            if (journey.BrightnessOctaves is { } brightness) Number("journey.brightnessOctaves", brightness, -1, 1);
            if (journey.OmitThird is { } third) Number("journey.omitThird", third, 0, 1);
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
