using Ambient.Composer.Midi;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

public class MidiWriterTests
{
    [Fact]
    public void Same_events_same_bytes_and_every_note_is_in_the_file_with_its_end()
    {
        List<ScoreEvent> events = Some.Play("calm", 120);
        byte[] file = Write(events);
        Assert.Equal(file, Write(events));

        Dictionary<string, List<(long Tick, int Status, int Note)>> tracks = Read(file);
        string[] played = [.. events.Notes().Select(e => Orchestra.Names[e.Instrument]).Distinct()];
        Assert.True(played.Length >= 3);
        Assert.Equal(played.Append("Ambient").Order(StringComparer.Ordinal), tracks.Keys.Order(StringComparer.Ordinal));
        foreach (string instrument in played)
        {
            var notes = events.Notes(instrument).ToList();
            var on = tracks[instrument].Where(e => e.Status == 0x90).ToList();
            Assert.Equal(notes.Select(e => e.PitchCents / 100), on.Select(e => e.Note));
            Assert.All(notes.Zip(on), pair => Assert.Equal(pair.First.Frame / 48_000.0, pair.Second.Tick / 480.0, 0.002));
            Assert.Equal(on.Count, tracks[instrument].Count(e => e.Status == 0x80));
        }
    }

    [Fact]
    public void A_revoked_plan_is_not_written()
    {
        ScoreEvent kept = ScoreEvent.NoteOn(100, 0, 1, 6_000, 20_000);
        ScoreEvent dropped = ScoreEvent.NoteOn(90_000, 0, 2, 6_200, 20_000);
        Assert.Equal(Write([kept]), Write([kept, dropped, ScoreEvent.Revoke(48_000, epoch: 1)]));
    }

    private static byte[] Write(List<ScoreEvent> events)
    {
        var writer = new MidiWriter();
        foreach (ScoreEvent e in events) Assert.True(writer.TryAdd(e));
        return writer.ToArray();
    }

    // A reader of its own: what others make of the file, not what the writer meant.
    private static Dictionary<string, List<(long Tick, int Status, int Note)>> Read(byte[] file)
    {
        int at = 0;
        Assert.Equal("MThd", Text(4));
        Assert.Equal(6, Number(4));
        Assert.Equal(1, Number(2));
        int count = Number(2);
        Assert.Equal(480, Number(2));
        var tracks = new Dictionary<string, List<(long, int, int)>>();
        for (int i = 0; i < count; i++)
        {
            Assert.Equal("MTrk", Text(4));
            int end = Number(4) + at;
            string name = "";
            var events = new List<(long, int, int)>();
            long tick = 0;
            while (at < end)
            {
                tick += Variable();
                int status = file[at++];
                if (status == 0xFF)
                {
                    int type = file[at++];
                    string data = Text(Variable());
                    if (type == 0x03) name = data;
                    continue;
                }

                events.Add((tick, status & 0xF0, file[at]));
                at += 2;
            }

            Assert.Equal(end, at);
            tracks[name] = events;
        }

        Assert.Equal(file.Length, at);
        return tracks;

        string Text(int length) => System.Text.Encoding.ASCII.GetString(file, (at += length) - length, length);

        int Number(int bytes)
        {
            int value = 0;
            for (int i = 0; i < bytes; i++) value = (value << 8) | file[at++];
            return value;
        }

        int Variable()
        {
            int value = 0;
            byte next;
            do
            {
                next = file[at++];
                value = (value << 7) | (next & 0x7F);
            }
            while ((next & 0x80) != 0);
            return value;
        }
    }
}
