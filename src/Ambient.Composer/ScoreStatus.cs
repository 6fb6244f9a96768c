namespace Ambient.Composer;

/// <summary>What is being played, for people.</summary>
/// <param name="Bar">Bars of four beats since the start.</param>
/// <param name="TempoBpm">Hidden pulse.</param>
/// <param name="Key">Tonic and scale.</param>
/// <param name="Chord">What the bed and floor hold.</param>
/// <param name="Layers">Roles that sound now.</param>
/// <param name="OnsetsPerMinute">Salient notes a minute that are aimed at.</param>
/// <param name="Section">Sections that have begun before this one.</param>
/// <param name="Card">What is different in it.</param>
/// <param name="IsThin">Whether only floor and texture play for a minute.</param>
public sealed record ScoreStatus(
    long Bar, double TempoBpm, string Key, string Chord, IReadOnlyList<string> Layers, double OnsetsPerMinute, int Section = 0, string Card = "None", bool IsThin = false);
