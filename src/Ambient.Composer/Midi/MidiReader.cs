using System.Buffers.Binary;
using System.Text;

namespace Ambient.Composer.Midi;

/// <summary>Reads the notes of a standard MIDI file of type 0 or 1, tempo changes included.</summary>
public static class MidiReader
{
    private const int DefaultMicrosecondsPerQuarter = 500_000;

    /// <summary>All notes in the order of their starts; one that never ends, ends with its track.</summary>
    /// <exception cref="InvalidDataException">It is no MIDI file, or it is cut off.</exception>
    public static IReadOnlyList<MidiNote> Read(ReadOnlySpan<byte> file)
    {
        try
        {
            return ReadFile(file);
        }
        catch (ArgumentOutOfRangeException cut)
        {
            throw new InvalidDataException("The MIDI file ends in the middle of a track.", cut);
        }
        catch (IndexOutOfRangeException cut)
        {
            throw new InvalidDataException("The MIDI file ends in the middle of an event.", cut);
        }
    }

    private static IReadOnlyList<MidiNote> ReadFile(ReadOnlySpan<byte> file)
    {
        if (file.Length < 14 || !file.StartsWith("MThd"u8)) throw new InvalidDataException("It does not begin with 'MThd': no MIDI file.");
        int division = BinaryPrimitives.ReadInt16BigEndian(file[12..]);
        if (division <= 0) throw new InvalidDataException("Its time is in SMPTE frames; ticks per quarter would be right.");
        var notes = new List<(long Start, long End, int Pitch, int Velocity, string Track)>();
        var tempi = new List<(long Tick, int MicrosecondsPerQuarter)>();
        for (int at = 8 + BinaryPrimitives.ReadInt32BigEndian(file[4..]); at + 8 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file[(at + 4)..]);
            if (file[at..].StartsWith("MTrk"u8)) ReadTrack(file.Slice(at + 8, length), notes, tempi);
            at += 8 + length;
        }

        tempi.Sort((one, other) => one.Tick.CompareTo(other.Tick));
        return [.. notes.Select(note => new MidiNote(Seconds(note.Start), Seconds(note.End), note.Pitch, note.Velocity, note.Track)).OrderBy(note => note.Start).ThenBy(note => note.Pitch)];

        double Seconds(long tick)
        {
            double seconds = 0;
            (long from, int tempo) = (0, DefaultMicrosecondsPerQuarter);
            foreach ((long change, int next) in tempi)
            {
                if (change >= tick) break;
                seconds += (change - from) * 1e-6 * tempo / division;
                (from, tempo) = (change, next);
            }

            return seconds + ((tick - from) * 1e-6 * tempo / division);
        }
    }

    private static void ReadTrack(ReadOnlySpan<byte> track, List<(long Start, long End, int Pitch, int Velocity, string Track)> notes, List<(long Tick, int MicrosecondsPerQuarter)> tempi)
    {
        string name = "";
        long tick = 0;
        int status = 0, at = 0;
        var sounding = new Dictionary<int, Queue<(long Start, int Velocity)>>();
        while (at < track.Length)
        {
            tick += Variable(track, ref at);
            if (track[at] >= 0x80) status = track[at++];
            if (status == 0xFF)
            {
                int type = track[at++], length = Variable(track, ref at);
                ReadOnlySpan<byte> data = track.Slice(at, length);
                if (type == 0x03) name = Encoding.UTF8.GetString(data);
                if (type == 0x51) tempi.Add((tick, (data[0] << 16) | (data[1] << 8) | data[2]));
                at += length;
            }
            else if (status >= 0xF0)
            {
                at += Variable(track, ref at);
            }
            else
            {
                int first = track[at++];
                int second = status >> 4 is 0xC or 0xD ? 0 : track[at++];
                int key = ((status & 0xF) << 8) | first;
                if (status >> 4 == 9 && second > 0)
                {
                    if (!sounding.TryGetValue(key, out Queue<(long, int)>? same)) sounding[key] = same = new();
                    same.Enqueue((tick, second));
                }
                else if (status >> 4 is 8 or 9 && sounding.TryGetValue(key, out Queue<(long Start, int Velocity)>? begun) && begun.TryDequeue(out (long Start, int Velocity) note))
                {
                    notes.Add((note.Start, tick, first, note.Velocity, name));
                }
            }
        }

        foreach ((int key, Queue<(long Start, int Velocity)> rest) in sounding) notes.AddRange(rest.Select(note => (note.Start, tick, key & 0xFF, note.Velocity, name)));
    }

    private static int Variable(ReadOnlySpan<byte> track, ref int at)
    {
        int value = 0;
        while (true)
        {
            byte next = track[at++];
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80) return value;
        }
    }
}
