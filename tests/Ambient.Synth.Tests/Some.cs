using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests;

/// <summary>Small pieces of score and the ways to listen to them.</summary>
internal static class Some
{
    public const int Second = SynthEngine.SampleRateHz;
    public const int Unity = ScoreEvent.UnityQ15;

    public static int Pad => InstrumentCatalog.IndexOf("pad");

    public static int Bell => InstrumentCatalog.IndexOf("bell");

    public static int Drone => InstrumentCatalog.IndexOf("drone");

    public static int Noise => InstrumentCatalog.IndexOf("noise");

    /// <summary>An instrument of the catalogue with its preset.</summary>
    public static IInstrument Instrument(string name) => PlayableInstrument.Create(InstrumentCatalog.Entries[InstrumentCatalog.IndexOf(name)], seed: 3).Instrument;

    public static ScoreEvent Note(int noteId, int pitchCents, int velocityQ15 = Unity, int panQ15 = 0) =>
        ScoreEvent.NoteOn(0, 0, noteId, pitchCents, velocityQ15, panQ15);

    /// <summary>Plays an instrument on; shape [channel][frame], Q8.23.</summary>
    public static (int[] Left, int[] Right) Play(IInstrument instrument, int frames, int blockFrames = 64)
    {
        var left = new int[frames];
        var right = new int[frames];
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            instrument.Render(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }

    /// <summary>Renders a score from the start; shape [frames x 2].</summary>
    public static short[] Rendered(int frames, int blockFrames, params ScoreEvent[] score)
    {
        SynthEngine engine = Engine(score);
        return Next(engine, frames, blockFrames);
    }

    public static SynthEngine Engine(params ScoreEvent[] score)
    {
        var queue = new ScoreQueue(4_096);
        foreach (ScoreEvent scoreEvent in score) Assert.True(queue.TryAdd(scoreEvent));
        return new SynthEngine(queue, seed: 7);
    }

    public static short[] Next(SynthEngine engine, int frames, int blockFrames = 256)
    {
        var samples = new short[frames * 2];
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            engine.Render(samples.AsSpan(at * 2, count * 2));
        }

        return samples;
    }

    /// <summary>Renders on as the bus has it; Q31, shape [frames x 2].</summary>
    public static int[] NextWide(SynthEngine engine, int frames, int blockFrames = 256)
    {
        var samples = new int[frames * 2];
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            engine.Render(samples.AsSpan(at * 2, count * 2));
        }

        return samples;
    }

    /// <summary>Q15 as Q31.</summary>
    public static int[] Wide(ReadOnlySpan<short> samples)
    {
        var wide = new int[samples.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = samples[i] << 16;
        return wide;
    }

    /// <summary>Pads, bells, drone, wind, a few glides and a revoke in one short minute.</summary>
    public static ScoreEvent[] Minute() =>
    [
        ScoreEvent.Set(0, SynthParameter.InstrumentGain, Unity, Second, Noise),
        ScoreEvent.NoteOn(0, Drone, 1, 3_600, Unity / 2),
        ScoreEvent.NoteOn(100, Pad, 2, 5_500, Unity * 6 / 10, -8_000),
        ScoreEvent.NoteOn(5_003, Pad, 3, 5_900, Unity * 6 / 10, 8_000),
        ScoreEvent.NoteOn(9_001, Bell, 4, 7_200, Unity / 2, 3_000),
        ScoreEvent.Set(20_000, SynthParameter.Brightness, Unity, Second, Pad),
        ScoreEvent.Set(30_000, SynthParameter.ReverbTime, Unity / 5, 2 * Second),
        ScoreEvent.NoteOn(50_001, Bell, 5, 7_650, Unity / 3, -3_000),
        ScoreEvent.NoteOff(70_000, Pad, 2),
        ScoreEvent.Set(90_000, SynthParameter.MasterGain, Unity / 2, Second),
    ];

    /// <summary>Every instrument at once, echoes, every parameter gliding and jumping to anywhere, stolen notes, a revoke: by chance, but always the same.</summary>
    public static ScoreEvent[] Everything(int seconds)
    {
        var random = new Random(5);
        int until = seconds * Second, noteId = 0;
        var score = new List<ScoreEvent>();
        for (int instrument = 0; instrument < InstrumentCatalog.Names.Count; instrument++)
        {
            InstrumentDescription description = InstrumentCatalog.Describe(instrument);
            if (Instrument(InstrumentCatalog.Names[instrument]).IsTexture) score.Add(ScoreEvent.Set(random.Next(until / 4), SynthParameter.InstrumentGain, Unity / 2, random.Next(Second), instrument));
            for (int note = 0; note < 6 * seconds; note++)
            {
                int from = random.Next(until), pitch = random.Next(100 * description.LowestNote, 100 * description.HighestNote + 1);
                score.Add(ScoreEvent.NoteOn(from, instrument, ++noteId, pitch, random.Next(Unity / 8, Unity / 2), random.Next(-Unity + 1, Unity), epoch: note % 2));
                score.Add(ScoreEvent.NoteOff(from + random.Next(Second), instrument, noteId));
            }
        }

        foreach (SynthParameter parameter in Enum.GetValues<SynthParameter>())
        {
            for (int change = 0; change < 4 * seconds; change++)
                score.Add(ScoreEvent.Set(random.Next(until), parameter, random.Next(Unity), random.Next(4) * random.Next(Second), random.Next(InstrumentCatalog.Names.Count)));
        }

        score.Add(ScoreEvent.Revoke(until / 2, epoch: 1)); // half of the notes of the second half
        return [.. score];
    }

    public static string Hash(ReadOnlySpan<short> samples) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(samples)))[..16];
}
