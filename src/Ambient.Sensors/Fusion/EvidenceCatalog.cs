namespace Ambient.Sensors.Fusion;

/// <summary>Every quantity that says something about presence, and how. A new one is a file in this folder and a line here.</summary>
internal static class EvidenceCatalog
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly EvidenceKind Motion = new(
        calibration => new MotionEvidence(calibration.StillnessMinutes * Minute), 2 * Hour, YesNats: 3, NoNats: 3, Pooling.Strongest, Certainty: 0.5, 6 * Minute, Hour)
    {
        MostFlips = double.PositiveInfinity,
        CreateRecord = () => new TrackRecord(best: 0, losesYes: 2.5 * Hour, losesNo: null),
    };

    // Memory: Aqara and Hue PIRs check in about once in 50 minutes when nothing happens; mains-powered radars within minutes;
    // measurements come every minute to every ten. Doubt: lamps are left on every day, a PIR rarely sticks.
    private static readonly Dictionary<Quantity, EvidenceKind> Kinds = new()
    {
        [Quantity.Motion] = Motion,
        [Quantity.Occupancy] = Motion,
        [Quantity.Presence] = new(_ => new MotionEvidence(3 * Minute, seesStillness: true), 2 * Hour, YesNats: 3, NoNats: 3, Pooling.Strongest, Certainty: 0.6, 3 * Hour, Hour) { MostFlips = 30 },
        [Quantity.Contact] = new(_ => new ContactEvidence(), 2 * Hour, YesNats: 1, NoNats: 1, Pooling.Strongest, Certainty: 0.1, Hour, Hour),
        // Counters drift and overlook people: a no gives way to motion now, and a yes is doubted soon when the others hear and see nothing.
        [Quantity.People] = new(_ => new PeopleEvidence(), Hour, YesNats: 3, NoNats: 2, Pooling.Strongest, Certainty: 0.7, 15 * Minute, 10 * Minute)
        {
            MostFlips = 30, // a corridor is passed through 15 times an hour
            CreateRecord = () => new TrackRecord(best: 0, losesYes: 10 * Hour, losesNo: null),
        },
        [Quantity.Illuminance] = new(_ => new LightEvidence(), 45 * Minute, YesNats: 2.5, NoNats: 3, Pooling.StrongestAndMean, Certainty: 0.3, 10 * Minute, 30 * Minute)
        {
            FooledTogether = true,
            MayMissPeople = true,
            CreateRecord = () => new TrackRecord(best: 1, losesYes: Hour, losesNo: 25 * Minute),
            Weight = calibration => calibration.LightWeight,
        },
        [Quantity.Noise] = Sound(isVolts: false),
        [Quantity.Sound] = Sound(isVolts: true),
        [Quantity.Co2] = new(calibration => new Co2Evidence(calibration), 45 * Minute, YesNats: 1.2, NoNats: 1.2, Pooling.Strongest, Certainty: 0.2, Hour, Hour)
        {
            MayMissPeople = true,
            MostFlips = double.PositiveInfinity,
            Weight = calibration => calibration.Co2Weight,
        },
    };

    /// <summary>A counter of a part of the room may see nobody all day.</summary>
    private static readonly EvidenceKind PeopleInPart = Kinds[Quantity.People] with { MayMissPeople = true, DoubtNoAfter = 365 * 24 * Hour };

    /// <summary>The kind of a quantity in a room, or null where it says nothing about presence.</summary>
    public static EvidenceKind? Find(Quantity quantity, RoomFacts room) =>
        quantity == Quantity.People && room.CountersSeeParts ? PeopleInPart : Kinds.GetValueOrDefault(quantity);

    private static EvidenceKind Sound(bool isVolts) =>
        new(calibration => new SoundEvidence(calibration, isVolts), 15 * Minute, YesNats: 2, NoNats: 2, Pooling.Strongest, Certainty: 0.3, Hour, Hour)
        {
            MayMissPeople = true,
            MostFlips = double.PositiveInfinity,
        };
}
