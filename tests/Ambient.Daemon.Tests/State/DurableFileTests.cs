using Ambient.Daemon.State;

namespace Ambient.Daemon.Tests.State;

public sealed class DurableFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-state-").FullName;

    private string FilePath => Path.Combine(_folder, "control.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_there_at_once_and_after_a_flush()
    {
        var file = new DurableFile(FilePath);
        Assert.Null(file.Read(out _));
        file.Write("one");
        Assert.Equal("one", new DurableFile(FilePath).Read(out _)); // killed before any flush
        file.Flush();
        file.Write("two");
        file.Flush();
        File.Delete(FilePath + ".now"); // the power failed: what was not synced is gone
        Assert.Equal("two", new DurableFile(FilePath).Read(out IReadOnlyList<string> damaged));
        Assert.Empty(damaged);
    }

    [Fact]
    public void Whichever_step_the_process_dies_after_the_newest_acknowledged_text_is_read()
    {
        for (int deaths = 1; deaths < 200; deaths++)
        {
            string path = Path.Combine(_folder, $"s{deaths}");
            int steps = deaths;
            string acknowledged = "";
            var file = new DurableFile(path, _ =>
            {
                if (--steps == 0) throw new InvalidOperationException("dead");
            });
            try
            {
                for (int i = 1; ; i++)
                {
                    string text = $"text {i}";
                    file.Write(text);
                    acknowledged = text;
                    if (i % 3 == 0) file.Flush();
                }
            }
            catch (InvalidOperationException)
            {
                string? read = new DurableFile(path).Read(out IReadOnlyList<string> damaged) ?? "";
                Assert.Empty(damaged);
                // One that was on its way may have arrived; an older one may not come back.
                Assert.True(Number(read) == Number(acknowledged) || Number(read) == Number(acknowledged) + 1, $"death {deaths}: acknowledged '{acknowledged}', read '{read}'");
            }
        }
    }

    [Fact]
    public void Whichever_step_the_power_fails_after_the_text_of_the_last_flush_or_a_newer_one_is_read()
    {
        for (int deaths = 1; deaths < 60; deaths++)
        {
            string path = Path.Combine(_folder, $"p{deaths}");
            int steps = deaths;
            string flushed = "";
            var file = new DurableFile(path, _ =>
            {
                if (--steps == 0) throw new InvalidOperationException("dark");
            });
            try
            {
                for (int i = 1; ; i++)
                {
                    file.Write($"text {i}");
                    file.Flush();
                    flushed = $"text {i}";
                }
            }
            catch (InvalidOperationException)
            {
                // The worst that a file system may do to what was never synced: names without contents.
                foreach (string unsynced in new[] { ".now", ".now.part" })
                {
                    if (File.Exists(path + unsynced)) File.WriteAllText(path + unsynced, "");
                }

                Assert.True(Number(new DurableFile(path).Read(out _) ?? "") >= Number(flushed), $"step {deaths}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("null")]
    [InlineData("""{"number":99,"sha256":"00","text":"forged"}""")]
    public void A_damaged_copy_is_named_and_the_last_good_one_counts(string damage)
    {
        var file = new DurableFile(FilePath);
        file.Write("good");
        file.Flush();
        file.Write("better");
        file.Flush();
        File.WriteAllText(FilePath, damage);
        File.WriteAllText(FilePath + ".now", damage);
        var again = new DurableFile(FilePath);
        Assert.Equal("good", again.Read(out IReadOnlyList<string> damaged));
        Assert.Equal([FilePath, FilePath + ".now"], damaged);
        again.Write("best");
        again.Flush();
        Assert.Equal("best", new DurableFile(FilePath).Read(out damaged));
    }

    [Fact]
    public void Every_truncation_and_every_flipped_bit_of_the_newest_copy_is_noticed()
    {
        var file = new DurableFile(FilePath);
        file.Write("older");
        file.Flush();
        file.Write("newer");
        file.Flush();
        File.Delete(FilePath + ".now");
        byte[] whole = File.ReadAllBytes(FilePath);
        for (int i = 0; i < whole.Length; i++)
        {
            File.WriteAllBytes(FilePath, whole[..i]);
            Assert.Equal("older", new DurableFile(FilePath).Read(out _));
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            File.WriteAllBytes(FilePath, flipped);
            // A flip inside the number changes no text.
            Assert.Contains(new DurableFile(FilePath).Read(out _), (string[])["older", "newer"]);
        }
    }

    private static int Number(string text) => text.Length == 0 ? 0 : int.Parse(text[5..], System.Globalization.CultureInfo.InvariantCulture);
}
