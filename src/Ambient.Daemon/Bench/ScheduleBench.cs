using System.Text;
using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Bench;

/// <summary>What a large schedule costs: 200 weekly slots and 50 exceptions of all kinds over a year, asked at times spread over that year.</summary>
internal static class ScheduleBench
{
    private const int Slots = 200;
    private const int Exceptions = 50;
    private const int Questions = 5_000;

    /// <summary>Measures.</summary>
    internal static ScheduleCost Run(TimeProvider time)
    {
        string json = Json();
        _ = Measure(json, time); // what is compiled then is not measured
        return Measure(json, time);
    }

    private static ScheduleCost Measure(string json, TimeProvider time)
    {
        long begin = time.GetTimestamp();
        if (!ScheduleFile.TryParse(json, out Schedule? schedule, out IReadOnlyList<string> problems)) throw new InvalidOperationException(string.Join("; ", problems));
        double readUs = time.GetElapsedTime(begin).TotalMicroseconds;
        var start = Instant.FromUtc(2026, 1, 1, 0, 0);
        var nextUs = new double[Questions];
        var atUs = new double[Questions];
        for (int i = 0; i < Questions; i++)
        {
            // A stride that visits days in no order, so that a day is often met for the first time.
            Instant instant = start + Duration.FromMinutes(i * 104_729L % (365 * 1_440));
            begin = time.GetTimestamp();
            _ = schedule.Next(instant);
            nextUs[i] = time.GetElapsedTime(begin).TotalMicroseconds;
            begin = time.GetTimestamp();
            _ = schedule.At(instant);
            atUs[i] = time.GetElapsedTime(begin).TotalMicroseconds;
        }

        double first = nextUs[0];
        Array.Sort(nextUs);
        Array.Sort(atUs);
        return new ScheduleCost(Round(nextUs[Questions / 2]), Round(nextUs[Questions * 99 / 100]), Round(first), Round(atUs[Questions / 2]), Round(readUs), Slots, Exceptions);
    }

    private static double Round(double microseconds) => Math.Round(microseconds, 1);

    private static string Json()
    {
        var text = new StringBuilder("""{"id":"year","tz":"Europe/Berlin","location":{"lat":52.5,"lon":13.4},"default":{"mood":"off"},"effective":{"from":"2026-01-01","to":"2026-12-31"},"weekly":{""");
        string[] days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        for (int day = 0; day < 7; day++)
        {
            int count = Slots / 7 + (day < Slots % 7 ? 1 : 0);
            string slots = string.Join(',', Enumerable.Range(0, count).Select(slot => $$"""{"at":"{{slot * 45 / 60 + 1:00}}:{{slot * 45 % 60:00}}","mood":"m{{slot % 9}}","level":{{slot}} }"""));
            text.Append($"{(day > 0 ? "," : "")}\"{days[day]}\":[{slots}]");
        }

        text.Append("""},"quiet":[{"days":"daily","from":"20:00","to":"07:00","maxLevel":15}],"exceptions":[""");
        for (int i = 0; i < Exceptions; i++)
        {
            var date = new LocalDate(2026, 1, 5);
            string when = (i % 5) switch
            {
                0 => $"\"date\":\"{date.PlusDays(i * 7):uuuu-MM-dd}\"",
                1 => $"\"from\":\"{date.PlusDays(i * 7):uuuu-MM-dd}\",\"to\":\"{date.PlusDays(i * 7 + 3):uuuu-MM-dd}\"",
                2 => $"\"month\":{i % 12 + 1},\"week\":\"last\",\"dow\":\"fri\"",
                3 => $"\"rrule\":\"FREQ=MONTHLY;INTERVAL={i % 4 + 2};BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1\"",
                _ => $"\"rrule\":\"FREQ=YEARLY;BYMONTH={i % 12 + 1};BYDAY=2MO\"",
            };
            text.Append($$"""{{(i > 0 ? "," : "")}} { {{when}},"priority":{{i % 16 + 1}},"slots":[{"at":"08:00","mood":"x{{i}}"},{"at":"sunset-00:30","mood":"dusk"}] }""");
        }

        return text.Append("]}").ToString();
    }
}

/// <summary>Microseconds a question.</summary>
internal sealed record ScheduleCost(double NextUsP50, double NextUsP99, double NextUsFirst, double AtUsP50, double ReadUs, int Slots, int Exceptions);
