using System.Buffers.Binary;
using System.Text;
using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Composer.Midi;

/// <summary>Keeps the notes of a score and writes them as a standard MIDI file: type 1, a track for each instrument, the same bytes for the same events.</summary>
/// <remarks>
/// The music has no audible beat, so the file counts time and not beats: 60 beats a minute, 480 ticks a second. Parameters are left
/// out but for each layer's gain, which becomes controller 7. Revoked plans are dropped as the synthesiser drops them.
/// </remarks>
public sealed class MidiWriter : IScoreSink
{
    private const int FramesPerSecond = Frames.PerSecond;
    private const int TicksPerSecond = 480;
    private const int MicrosecondsPerQuarter = 1_000_000;

    private readonly List<ScoreEvent> _events = [];

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        if (scoreEvent.Kind == ScoreEventKind.Revoke)
        {
            ScoreEvent revoke = scoreEvent;
            _events.RemoveAll(e => e.Kind != ScoreEventKind.NoteOff && e.Epoch < revoke.Epoch && e.Frame >= revoke.Frame);
        }
        else
        {
            _events.Add(scoreEvent);
        }

        return true;
    }

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        var used = _events.Where(e => e.Kind is ScoreEventKind.NoteOn).Select(e => (int)e.Instrument).Distinct().Order().ToArray();
        using var file = new MemoryStream();
        file.Write("MThd"u8);
        WriteInt32(file, 6);
        WriteInt16(file, 1);
        WriteInt16(file, (short)(used.Length + 1));
        WriteInt16(file, TicksPerSecond);
        WriteTrack(file, TempoTrack);
        foreach (int instrument in used) WriteTrack(file, track => InstrumentTrack(track, instrument));
        return file.ToArray();
    }

    private static void TempoTrack(MemoryStream track)
    {
        WriteMeta(track, 0x03, "Ambient"u8);
        WriteMeta(track, 0x51, [MicrosecondsPerQuarter >> 16, (MicrosecondsPerQuarter >> 8) & 0xFF, MicrosecondsPerQuarter & 0xFF]);
    }

    private void InstrumentTrack(MemoryStream track, int instrument)
    {
        // Channel 10 (index 9) is percussion everywhere.
        int channel = instrument % 15;
        if (channel >= 9) channel++;
        WriteMeta(track, 0x03, Encoding.ASCII.GetBytes(InstrumentCatalog.Names[instrument]));
        var sounding = new Dictionary<int, int>();
        long last = 0;
        foreach (ScoreEvent e in _events.Where(e => e.Instrument == instrument).OrderBy(e => e.Frame))
        {
            (int status, int first, int second) = e.Kind switch
            {
                ScoreEventKind.NoteOn => (0x90, sounding[e.NoteId] = Math.Clamp((e.PitchCents + 50) / 100, 0, 127), Math.Clamp(e.ValueQ15 * 127 / ScoreEvent.UnityQ15, 1, 127)),
                ScoreEventKind.NoteOff when sounding.Remove(e.NoteId, out int note) => (0x80, note, 0),
                ScoreEventKind.Parameter when e.Parameter == SynthParameter.InstrumentGain => (0xB0, 7, Math.Clamp(e.ValueQ15 * 100 / ScoreEvent.UnityQ15, 0, 127)),
                _ => (0, 0, 0),
            };
            if (status == 0) continue;
            long tick = ((e.Frame * TicksPerSecond) + (FramesPerSecond / 2)) / FramesPerSecond;
            WriteVariable(track, (int)(tick - last));
            last = tick;
            track.Write([(byte)(status | channel), (byte)first, (byte)second]);
        }

        // A file that ends in the middle of the music lets go of what still sounds.
        foreach (int note in sounding.Values.Order()) track.Write([0, (byte)(0x80 | channel), (byte)note, 0]);
    }

    private static void WriteTrack(MemoryStream file, Action<MemoryStream> fill)
    {
        using var track = new MemoryStream();
        fill(track);
        WriteMeta(track, 0x2F, []);
        file.Write("MTrk"u8);
        WriteInt32(file, (int)track.Length);
        track.WriteTo(file);
    }

    private static void WriteMeta(MemoryStream track, byte type, ReadOnlySpan<byte> data)
    {
        track.Write([0, 0xFF, type]);
        WriteVariable(track, data.Length);
        track.Write(data);
    }

    private static void WriteVariable(MemoryStream track, int value)
    {
        for (int shift = 28 - 7; shift > 0; shift -= 7)
        {
            if (value >> shift != 0) track.WriteByte((byte)(((value >> shift) & 0x7F) | 0x80));
        }

        track.WriteByte((byte)(value & 0x7F));
    }

    private static void WriteInt32(MemoryStream file, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        file.Write(bytes);
    }

    private static void WriteInt16(MemoryStream file, short value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        file.Write(bytes);
    }
}
