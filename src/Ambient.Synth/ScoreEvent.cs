using System.Runtime.InteropServices;

namespace Ambient.Synth;

/// <summary>One instruction to the synthesiser: the only thing that crosses from the composer to the audio thread.</summary>
/// <remarks>
/// Plain data of fixed size, made by the factory methods below, so that a queue of them never allocates and a log of them
/// replays to the same samples on every machine. Fields that a kind does not use are 0.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct ScoreEvent
{
    /// <summary>Gain of 0 dB in <see cref="ValueQ15"/>.</summary>
    public const int UnityQ15 = 32_768;

    /// <summary>Frame at which it takes effect, counted from the engine's start at 48 kHz; late events take effect at once.</summary>
    public long Frame { get; init; }

    /// <summary>Frames over which a changed value glides to its target; 0..2^31-1.</summary>
    public int RampFrames { get; init; }

    /// <summary>Pairs a note's end with its start; unique among sounding notes.</summary>
    public int NoteId { get; init; }

    /// <summary>Velocity, gain or parameter value in Q15: 32 768 is 1.0 (0 dB); gains up to 4.0.</summary>
    public int ValueQ15 { get; init; }

    /// <summary>Pitch in cents above MIDI note 0: 6 000 is middle C. 0..12 700.</summary>
    public int PitchCents { get; init; }

    /// <summary>Pan in Q15: -32 767 is left, 0 the middle, 32 767 right.</summary>
    public short PanQ15 { get; init; }

    /// <summary>Index in <c>InstrumentCatalog</c>; 0 where the kind addresses the whole engine.</summary>
    public byte Instrument { get; init; }

    /// <summary>What to do.</summary>
    public ScoreEventKind Kind { get; init; }

    /// <summary>Which parameter, for <see cref="ScoreEventKind.Parameter"/>.</summary>
    public SynthParameter Parameter { get; init; }

    /// <summary>Planning generation: a <see cref="ScoreEventKind.Revoke"/> drops queued events of earlier epochs.</summary>
    public int Epoch { get; init; }

    /// <summary>Starts a note.</summary>
    public static ScoreEvent NoteOn(long frame, int instrument, int noteId, int pitchCents, int velocityQ15, int panQ15 = 0, int epoch = 0) => new()
    {
        Frame = frame,
        Kind = ScoreEventKind.NoteOn,
        Instrument = (byte)instrument,
        NoteId = noteId,
        PitchCents = pitchCents,
        ValueQ15 = velocityQ15,
        PanQ15 = (short)panQ15,
        Epoch = epoch,
    };

    /// <summary>Lets a note go: its release begins. An unknown <paramref name="noteId"/> is ignored.</summary>
    public static ScoreEvent NoteOff(long frame, int instrument, int noteId, int epoch = 0) => new()
    {
        Frame = frame,
        Kind = ScoreEventKind.NoteOff,
        Instrument = (byte)instrument,
        NoteId = noteId,
        Epoch = epoch,
    };

    /// <summary>Glides a parameter of one instrument, or of the whole engine, to a new value.</summary>
    public static ScoreEvent Set(long frame, SynthParameter parameter, int valueQ15, int rampFrames, int instrument = 0, int epoch = 0) => new()
    {
        Frame = frame,
        Kind = ScoreEventKind.Parameter,
        Parameter = parameter,
        Instrument = (byte)instrument,
        ValueQ15 = valueQ15,
        RampFrames = rampFrames,
        Epoch = epoch,
    };

    /// <summary>Drops every queued event with an epoch below <paramref name="epoch"/> and a frame at or after <paramref name="frame"/>; note-offs stay.</summary>
    public static ScoreEvent Revoke(long frame, int epoch) => new() { Frame = frame, Kind = ScoreEventKind.Revoke, Epoch = epoch };
}
