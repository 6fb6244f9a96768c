using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

/// <summary>A room whose PIR, microphone and CO2 sensor tell the truth every half minute, and whose counters say what a test likes.</summary>
internal sealed class CountedRoom(RoomFacts? room = null)
{
    private double _minute;
    private double _ppm = 430;

    public ContextFusion Fusion { get; } = new(room);

    /// <summary>Whether the honest sensors are there.</summary>
    public bool HasOthers { get; init; } = true;

    /// <summary>Running totals of the counter at the door; null where there is none.</summary>
    public (double In, double Out)? Door { get; set; }

    /// <summary>Time passes; counters say the same every half minute.</summary>
    /// <param name="minutes">How long.</param>
    /// <param name="people">How many are really there.</param>
    /// <param name="counts">What counters a, b, c … say; NaN for one that is silent.</param>
    public ContextVector Pass(double minutes, int people, params double[] counts)
    {
        for (double end = _minute + minutes; _minute < end; _minute += 0.5)
        {
            for (int i = 0; i < counts.Length; i++)
                if (!double.IsNaN(counts[i])) Fusion.Add(Some.Reading(_minute, Quantity.People, counts[i], Name(i)));
            if (HasOthers) Witness(people);
            if (Door is var (came, went))
            {
                Fusion.Add(Some.Reading(_minute, Quantity.PeopleOut, went, "door"));
                Fusion.Add(Some.Reading(_minute, Quantity.PeopleIn, came, "door"));
            }

            for (int second = 0; second < 30; second += 5) Fusion.Fuse(Some.At(_minute + second / 60.0));
        }

        return Fusion.Current;
    }

    /// <summary>Faults of counters as <c>name kind</c>.</summary>
    public IEnumerable<string> Named => Fusion.Faults.Where(fault => fault.Quantity == "people").Select(fault => $"{fault.Sensor} {fault.Kind}");

    private static string Name(int counter) => ((char)('a' + counter)).ToString();

    private void Witness(int people)
    {
        bool isBeat = (int)(_minute * 2) % 2 == 0;
        _ppm += people > 0 ? 2 * people : -0.02 * (_ppm - 430);
        Fusion.Add(Some.Reading(_minute, Quantity.Motion, people > 0 && isBeat ? 1 : 0, "pir"));
        Fusion.Add(Some.Reading(_minute, Quantity.Noise, people > 0 && isBeat ? 55 : isBeat ? 36 : 36.4, "microphone"));
        Fusion.Add(Some.Reading(_minute, Quantity.Co2, Math.Round(_ppm + (isBeat ? 1 : 0)), "air"));
    }
}
