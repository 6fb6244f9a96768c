namespace Ambient.Sensors.Fusion;

/// <summary>Every quantity that says something about presence, and how. A new one is a file in this folder and a line here.</summary>
internal static class EvidenceCatalog
{
    // Aqara and Hue PIRs check in about once in 50 minutes when nothing happens; mains-powered radars within minutes;
    // measurements come every minute to every ten.
    private static readonly Dictionary<Quantity, EvidenceKind> Kinds = new()
    {
        [Quantity.Motion] = Motion(TimeSpan.FromMinutes(8)),
        [Quantity.Occupancy] = Motion(TimeSpan.FromMinutes(8)),
        [Quantity.Presence] = new(() => new MotionEvidence(TimeSpan.FromMinutes(3)), TimeSpan.FromHours(2), CapNats: 3, Pooling.Strongest, Certainty: 0.6, StuckAfter: TimeSpan.FromHours(3)),
        [Quantity.Contact] = new(() => new ContactEvidence(), TimeSpan.FromHours(2), CapNats: 1, Pooling.Strongest, Certainty: 0.1),
        [Quantity.People] = new(() => new PeopleEvidence(), TimeSpan.FromHours(1), CapNats: 3, Pooling.Strongest, Certainty: 0.7),
        [Quantity.Illuminance] = new(() => new LightEvidence(), TimeSpan.FromMinutes(45), CapNats: 4, Pooling.StrongestAndMean, Certainty: 0.3),
        [Quantity.Noise] = new(() => new SoundEvidence(isVolts: false), TimeSpan.FromMinutes(15), CapNats: 2, Pooling.Strongest, Certainty: 0.3),
        [Quantity.Sound] = new(() => new SoundEvidence(isVolts: true), TimeSpan.FromMinutes(15), CapNats: 2, Pooling.Strongest, Certainty: 0.3),
        [Quantity.Co2] = new(() => new Co2Evidence(), TimeSpan.FromMinutes(45), CapNats: 1.7, Pooling.Strongest, Certainty: 0.2),
    };

    /// <summary>The kind of a quantity, or null where it says nothing about presence.</summary>
    public static EvidenceKind? Find(Quantity quantity) => Kinds.GetValueOrDefault(quantity);

    private static EvidenceKind Motion(TimeSpan stillness) =>
        new(() => new MotionEvidence(stillness), TimeSpan.FromHours(2), CapNats: 3, Pooling.Strongest, Certainty: 0.5, StuckAfter: TimeSpan.FromMinutes(15));
}
