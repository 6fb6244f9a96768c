using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Days of the week, as schedules write them: <c>daily</c>, <c>mon-fri</c>, <c>sat-mon</c>, <c>mon,wed</c>, <c>sun</c>.</summary>
public readonly record struct DaySet
{
    /// <summary>What a person may write, for messages.</summary>
    public const string Allowed = "daily, or days and ranges of mon tue wed thu fri sat sun such as mon-fri or mon,wed";

    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    private readonly byte _days; // bit 0 is Monday

    private DaySet(int days) => _days = (byte)days;

    /// <summary>Every day.</summary>
    public static DaySet Daily { get; } = new(0b111_1111);

    /// <summary>Reads a day set.</summary>
    public static bool TryParse(string text, out DaySet days)
    {
        days = default;
        if (text == "daily")
        {
            days = Daily;
            return true;
        }

        int bits = 0;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-', StringSplitOptions.TrimEntries);
            int first = Array.IndexOf(Names, ends[0]);
            int last = Array.IndexOf(Names, ends[^1]);
            if (ends.Length > 2 || first < 0 || last < 0) return false;
            for (int day = first; ; day = (day + 1) % 7) // sat-mon runs over the end of the week
            {
                bits |= 1 << day;
                if (day == last) break;
            }
        }

        days = new DaySet(bits);
        return true;
    }

    /// <summary>Whether a day belongs to the set.</summary>
    public bool Contains(IsoDayOfWeek day) => (_days >> ((int)day - 1) & 1) != 0;
}
