using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Daemon.Cli;

/// <summary>A short piece that shows one instrument: its range in fifths and fourths from the bottom up, then a chord; a texture just sounds.</summary>
internal static class InstrumentScore
{
    private const int VelocityQ15 = ScoreEvent.UnityQ15 * 6 / 10;

    /// <summary>The events of the piece.</summary>
    /// <param name="index">The instrument.</param>
    /// <param name="seconds">Length; the last fifth is for the chord's end.</param>
    public static IEnumerable<ScoreEvent> Write(int index, int seconds)
    {
        InstrumentDescription instrument = InstrumentCatalog.Describe(index);
        if (instrument.IsTexture)
        {
            yield return ScoreEvent.Set(0, SynthParameter.InstrumentGain, ScoreEvent.UnityQ15, SynthEngine.SampleRateHz, index);
            yield break;
        }

        int[] notes = [.. Range(instrument.LowestNote, instrument.HighestNote)];
        long step = (long)seconds * SynthEngine.SampleRateHz * 4 / 5 / (notes.Length + 2);
        int id = 0;
        for (int i = 0; i < notes.Length; i++)
        {
            int panQ15 = (i % 2 == 0 ? -1 : 1) * 8_000;
            yield return ScoreEvent.NoteOn(i * step, index, ++id, notes[i] * 100, VelocityQ15, panQ15);
            yield return ScoreEvent.NoteOff(i * step + step * 3 / 2, index, id);
        }

        int root = Math.Max(instrument.LowestNote, (instrument.LowestNote + instrument.HighestNote) / 2 - 6);
        int[] chord = root < 43 ? [root] : [root, root + 7, root + 16]; // two low notes would only be mud
        foreach (int note in chord)
        {
            yield return ScoreEvent.NoteOn(notes.Length * step + id * 1_440, index, ++id, note * 100, VelocityQ15);
            yield return ScoreEvent.NoteOff((notes.Length + 2) * step, index, id);
        }
    }

    private static IEnumerable<int> Range(int lowest, int highest)
    {
        bool isFifth = true;
        for (int note = lowest; note <= highest; note += isFifth ? 7 : 5, isFifth = !isFifth) yield return note;
    }
}
