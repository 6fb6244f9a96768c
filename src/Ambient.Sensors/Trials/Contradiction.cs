using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Trials;

/// <summary>When a broken sensor is contradicted by at least two others, judged by plain rules of its own, which know nothing of fusion.</summary>
/// <remarks>
/// A source says yes or no: motion within 10 minutes or none; within 10 minutes a sound 6 dB over the median of its own last 6 hours or none; more than 0.6
/// or less than 0.4 of what the lamps give, where that is more than twice what daylight gives; CO2 up or down by 15 ppm in 10 minutes. A sensor is contradicted
/// while it says the opposite of the label and at least two more sources say what the label says than say what it says; the no of a microphone or of CO2 is never a lie, since people can be silent and windows open. One that says nothing of people (temperature)
/// is contradicted from when two others of its kind have moved by 1.0 since it moved last.
/// </remarks>
public sealed class Contradiction
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongMemory = TimeSpan.FromHours(6);

    /// <summary>Shorter breaks do not end a contradiction, and what is shorter than this is none.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, double> _lamps;

    /// <summary>Learns the lamps from an honest, labelled recording.</summary>
    public Contradiction(IReadOnlyList<IReadOnlyList<Reading>> honest)
    {
        var daylight = LitRoom.LampsOf(honest, whileOccupied: false);
        _lamps = LitRoom.LampsOf(honest).Where(lamp => lamp.Value > 2 * daylight.GetValueOrDefault(lamp.Key)).ToDictionary();
    }

    /// <summary>Whether a quantity says something of people, so that it can be contradicted by what they do.</summary>
    public static bool Judges(Quantity quantity) => quantity is Quantity.Motion or Quantity.Occupancy or Quantity.Presence or Quantity.Illuminance or Quantity.Sound or Quantity.Noise or Quantity.Co2;

    /// <summary>The stretches of time in which a sensor is contradicted, in order.</summary>
    /// <param name="rows">The recording with the broken sensor.</param>
    /// <param name="sensor">Which sensor is broken.</param>
    /// <param name="quantity">Which of its quantities.</param>
    /// <param name="from">Since when.</param>
    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Of(IReadOnlyList<IReadOnlyList<Reading>> rows, string sensor, Quantity quantity, DateTimeOffset from)
    {
        var known = new Dictionary<(string Sensor, Quantity Quantity), Known>();
        List<(DateTimeOffset From, DateTimeOffset To)> stretches = [];
        foreach (IReadOnlyList<Reading> row in rows)
        {
            foreach (Reading reading in row)
            {
                var key = (reading.Sensor, reading.Quantity);
                if (!known.TryGetValue(key, out Known? of)) known[key] = of = new Known(reading.Quantity, _lamps.TryGetValue(reading.Sensor, out double lamp) ? lamp : null);
                of.Add(reading);
            }

            DateTimeOffset time = row[0].Time;
            if (time < from || !known.TryGetValue((sensor, quantity), out Known? broken) || OccupancyScore.LabelOf(row) is not { } label) continue;
            int truth = label ? 1 : -1, others = 0;
            bool isContradicted;
            if (Judges(quantity))
            {
                foreach (var (key, other) in known)
                    if (key != (sensor, quantity)) others += other.Says(time) * truth;
                isContradicted = broken.Says(time) == -truth && others >= 2 && !(label && MayMissPeople(quantity));
            }
            else
            {
                foreach (var (key, other) in known)
                    if (key != (sensor, quantity) && key.Quantity == quantity && other.MovedSince(broken.Changed > from ? broken.Changed : from)) others++;
                isContradicted = others >= 2;
            }

            if (!isContradicted) continue;
            if (stretches.Count > 0 && time - stretches[^1].To <= Brief) stretches[^1] = (stretches[^1].From, time);
            else stretches.Add((time, time));
        }

        return [.. stretches.Where(stretch => stretch.To - stretch.From >= Brief)];
    }

    private static bool MayMissPeople(Quantity quantity) => quantity is Quantity.Sound or Quantity.Noise or Quantity.Co2;

    /// <summary>One source, as far as the rules need it.</summary>
    private sealed class Known(Quantity quantity, double? lampLux)
    {
        private readonly Queue<Reading> _recent = new();
        private readonly List<Reading> _past = [];
        private double _usual = double.PositiveInfinity; // level of a microphone
        private DateTimeOffset _weighed;
        private DateTimeOffset _sign = DateTimeOffset.MinValue;

        public DateTimeOffset Changed { get; private set; }

        public void Add(Reading reading)
        {
            if (_recent.Count == 0 || _recent.Last().Value != reading.Value) Changed = reading.Time;
            _recent.Enqueue(reading);
            while (reading.Time - _recent.Peek().Time > Memory) _recent.Dequeue();
            _past.Add(reading);
            if (reading.Time - _weighed > Memory) (_usual, _weighed) = (Median(reading.Time - LongMemory), reading.Time);
            bool isSign = quantity switch
            {
                Quantity.Sound => reading.Value > 2 * _usual, // volts: 6 dB
                Quantity.Noise => reading.Value > _usual + 6,
                _ => reading.Value > 0.5,
            };
            if (isSign) _sign = reading.Time;
        }

        public int Says(DateTimeOffset now)
        {
            double value = _recent.Last().Value;
            if (!Judges(quantity) || now - _recent.Last().Time > Memory) return 0;
            if (quantity == Quantity.Illuminance) return value > 0.6 * lampLux ? 1 : value < 0.4 * lampLux ? -1 : 0;
            if (quantity == Quantity.Co2) return value - _recent.Peek().Value is var rise && rise >= 15 ? 1 : rise <= -15 ? -1 : 0;
            return now - _sign <= Memory ? 1 : -1;
        }

        public bool MovedSince(DateTimeOffset time) => _past.FindLast(reading => reading.Time <= time) is { Quantity: var same } then && same == quantity && Math.Abs(_past[^1].Value - then.Value) >= 1;

        private double Median(DateTimeOffset from)
        {
            double[] values = [.. _past.Where(reading => reading.Time >= from).Select(reading => reading.Value).Order()];
            return values[values.Length / 2];
        }
    }
}
