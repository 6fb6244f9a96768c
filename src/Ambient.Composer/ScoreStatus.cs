namespace Ambient.Composer;

/// <summary>What is being played, for people.</summary>
/// <param name="Bar">Bars of four beats since the start.</param>
/// <param name="TempoBpm">Hidden pulse.</param>
/// <param name="Key">Tonic and scale.</param>
/// <param name="Chord">What the bed and floor hold.</param>
/// <param name="Layers">Roles that sound now.</param>
/// <param name="OnsetsPerMinute">Salient notes a minute that are aimed at.</param>
public sealed record ScoreStatus(long Bar, double TempoBpm, string Key, string Chord, IReadOnlyList<string> Layers, double OnsetsPerMinute);
