using Ambient.Daemon.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>The examples of RFC 5545, section 3.8.5.3, all of whose rules a schedule of whole days supports; and those it refuses.</summary>
public sealed class RecurrenceRuleTests
{
    private static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];

    [Theory]
    [InlineData("FREQ=DAILY;COUNT=10", "1997-09-02", "1997: 9/2 9/3 9/4 9/5 9/6 9/7 9/8 9/9 9/10 9/11", true)]
    [InlineData("FREQ=DAILY;INTERVAL=2", "1997-09-02", "1997: 9/2 9/4 9/6 9/8 9/10 9/12 9/14 9/16 9/18 9/20 9/22 9/24 9/26 9/28 9/30 10/2 10/4", false)]
    [InlineData("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02", "1997: 9/2 9/12 9/22 10/2 10/12", true)]
    [InlineData("FREQ=WEEKLY;COUNT=10", "1997-09-02", "1997: 9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4", true)]
    [InlineData("FREQ=WEEKLY;UNTIL=19971224T000000Z", "1997-09-02", "1997: 9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4 11/11 11/18 11/25 12/2 12/9 12/16 12/23", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02", "1997: 9/2 9/16 9/30 10/14 10/28 11/11 11/25 12/9 12/23 1998: 1/6 1/20 2/3 2/17", false)]
    [InlineData("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997: 9/2 9/4 9/9 9/11 9/16 9/18 9/23 9/25 9/30 10/2", true)]
    [InlineData("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997: 9/2 9/4 9/9 9/11 9/16 9/18 9/23 9/25 9/30 10/2", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR", "1997-09-01", "1997: 9/1 9/3 9/5 9/15 9/17 9/19 9/29 10/1 10/3 10/13 10/15 10/17 10/27 10/29 10/31 11/10 11/12 11/14 11/24 11/26 11/28 12/8 12/10 12/12 12/22", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02", "1997: 9/2 9/4 9/16 9/18 9/30 10/2 10/14 10/16", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1997: 8/5 8/10 8/19 8/24", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1997: 8/5 8/17 8/19 8/31", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=8;BYDAY=TU,TH", "1997-09-02", "1997: 9/2 9/4 9/16 9/18 9/30 10/2 10/14 10/16", true)]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05", "1997: 9/5 10/3 11/7 12/5 1998: 1/2 2/6 3/6 4/3 5/1 6/5", true)]
    [InlineData("FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05", "1997: 9/5 10/3 11/7 12/5", true)]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "1997-09-07", "1997: 9/7 9/28 11/2 11/30 1998: 1/4 1/25 3/1 3/29 5/3 5/31", true)]
    [InlineData("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22", "1997: 9/22 10/20 11/17 12/22 1998: 1/19 2/16", true)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28", "1997: 9/28 10/29 11/28 12/29 1998: 1/29 2/26", false)]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02", "1997: 9/2 9/15 10/2 10/15 11/2 11/15 12/2 12/15 1998: 1/2 1/15", true)]
    [InlineData("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30", "1997: 9/30 10/1 10/31 11/1 11/30 12/1 12/31 1998: 1/1 1/31 2/1", true)]
    [InlineData("FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15", "1997-09-10", "1997: 9/10 9/11 9/12 9/13 9/14 9/15 1999: 3/10 3/11 3/12 3/13", true)]
    [InlineData("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997-09-02", "1997: 9/2 9/9 9/16 9/23 9/30 11/4 11/11 11/18 11/25 1998: 1/6 1/13 1/20 1/27 3/3 3/10 3/17 3/24 3/31", false)]
    [InlineData("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10", "1997: 6/10 7/10 1998: 6/10 7/10 1999: 6/10 7/10 2000: 6/10 7/10 2001: 6/10 7/10", true)]
    [InlineData("FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3", "1997-03-10", "1997: 3/10 1999: 1/10 2/10 3/10 2001: 1/10 2/10 3/10 2003: 1/10 2/10 3/10", true)]
    [InlineData("FREQ=YEARLY;BYDAY=20MO", "1997-05-19", "1997: 5/19 1998: 5/18 1999: 5/17", false)]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13", "1997: 3/13 3/20 3/27 1998: 3/5 3/12 3/19 3/26 1999: 3/4 3/11 3/18 3/25", false)]
    [InlineData("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05", "1997: 6/5 6/12 6/19 6/26 7/3 7/10 7/17 7/24 7/31 8/7 8/14 8/21 8/28 1998: 6/4 6/11", false)]
    [InlineData("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1997-09-02", "1998: 2/13 3/13 11/13 1999: 8/13 2000: 10/13", false)]
    [InlineData("FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13", "1997: 9/13 10/11 11/8 12/13 1998: 1/10 2/7 3/7 4/11 5/9 6/13", false)]
    [InlineData("FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05", "1996: 11/5 2000: 11/7 2004: 11/2", false)]
    [InlineData("FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04", "1997: 9/4 10/7 11/6", true)]
    [InlineData("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29", "1997: 9/29 10/30 11/27 12/30 1998: 1/29 2/26 3/30", false)]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15", "2007: 1/15 1/30 2/15 3/15 3/30", true)]
    [InlineData("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU", "1997-08-05", "1997: 8/5 8/10 8/19 8/24", true)]
    [InlineData("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO", "1999-12-01", "2000: 1/2 1/3 1/9 1/10 1/16 1/17 1/23 1/24 1/30 1/31", true)]
    public void The_RFCs_own_examples_fall_on_its_own_days(string text, string start, string days, bool isAll)
    {
        RecurrenceRule rule = Parse(text, start);
        LocalDate[] expected = [.. Days(days)];
        LocalDate last = isAll ? expected[^1].PlusYears(6) : expected[^1];
        Assert.Equal(expected, From(rule, rule.Earliest, last));
    }

    [Fact]
    public void Every_day_until_Christmas_Eve_ends_the_day_before_where_midnight_is_later_than_in_Greenwich()
    {
        RecurrenceRule rule = Parse("FREQ=DAILY;UNTIL=19971224T000000Z", "1997-09-02");
        Assert.Equal(113, From(rule, rule.Earliest, new LocalDate(1999, 1, 1)).Length); // 2 September to 23 December
        Assert.Equal(new LocalDate(1997, 12, 23), From(rule, rule.Earliest, new LocalDate(1999, 1, 1))[^1]);
        Assert.Equal(new LocalDate(1997, 12, 24), From(Parse("FREQ=DAILY;UNTIL=19971224", "1997-09-02"), rule.Earliest, new LocalDate(1999, 1, 1))[^1]);
    }

    [Fact]
    public void Every_day_in_January_for_three_years_can_be_said_in_two_ways()
    {
        LocalDate[] yearly = From(Parse("FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "1998-01-01"), new(1998, 1, 1), new(2002, 1, 1));
        LocalDate[] daily = From(Parse("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-01"), new(1998, 1, 1), new(2002, 1, 1));
        Assert.Equal(93, yearly.Length);
        Assert.Equal(yearly, daily);
    }

    [Theory]
    [InlineData("FREQ=WEEKLY;WKST=XX", "WKST is XX; allowed: MO TU WE TH FR SA SU")]
    [InlineData("FREQ=DAILY;BYSECOND=1", "BYSECOND is not supported; allowed: FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT, UNTIL, WKST")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU", "BYWEEKNO is not supported")]
    [InlineData("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", "FREQ is MINUTELY")]
    [InlineData("FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40", "BYHOUR is not supported")]
    [InlineData("FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "BYYEARDAY is not supported")]
    [InlineData("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO is not supported")]
    [InlineData("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "FREQ is HOURLY; allowed: DAILY, WEEKLY, MONTHLY, YEARLY")]
    [InlineData("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "FREQ is MINUTELY")]
    [InlineData("FREQ=DAILY;BYHOUR=9,10,11", "BYHOUR is not supported")]
    [InlineData("INTERVAL=2", "FREQ is missing")]
    [InlineData("FREQ=DAILY;INTERVAL=0", "INTERVAL is 0; allowed: 1..1000")]
    [InlineData("FREQ=DAILY;COUNT=5;UNTIL=20260101", "COUNT and UNTIL stand together")]
    [InlineData("FREQ=DAILY;UNTIL=tomorrow", "UNTIL is TOMORROW; allowed: a date such as 20261224")]
    [InlineData("FREQ=WEEKLY;BYDAY=1MO", "BYDAY has a number in a DAILY or WEEKLY rule")]
    [InlineData("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY stands in a WEEKLY rule")]
    [InlineData("FREQ=MONTHLY;BYDAY=XX", "BYDAY is XX; allowed: MO TU WE TH FR SA SU")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY is 32; allowed: numbers 1..31 or -31..-1")]
    [InlineData("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS stands alone")]
    [InlineData("FREQ=DAILY;FREQ=DAILY", "FREQ stands twice")]
    [InlineData("RRULE:FREQ=DAILY", "RRULE:FREQ is not supported")]
    [InlineData("", "'' is no part")]
    public void Everything_else_is_refused_with_what_is_allowed(string text, string problem)
    {
        Assert.False(RecurrenceRule.TryParse(text, new LocalDate(2000, 1, 1), NewYork, out _, out string said));
        Assert.StartsWith(problem, said);
    }

    private static LocalDate[] From(RecurrenceRule rule, LocalDate first, LocalDate last) =>
        [.. Enumerable.Range(0, Period.DaysBetween(first, last) + 1).Select(first.PlusDays).Where(rule.Contains)];

    private static RecurrenceRule Parse(string text, string start)
    {
        Assert.True(RecurrenceRule.TryParse(text, LocalDatePattern.Iso.Parse(start).Value, NewYork, out RecurrenceRule? rule, out string problem), problem);
        return rule;
    }

    private static IEnumerable<LocalDate> Days(string text)
    {
        int year = 0;
        foreach (string word in text.Split(' '))
        {
            if (word.EndsWith(':')) year = int.Parse(word[..^1], System.Globalization.CultureInfo.InvariantCulture);
            else
            {
                string[] parts = word.Split('/');
                yield return new LocalDate(year, int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
