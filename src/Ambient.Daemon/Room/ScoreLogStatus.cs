using System.Text.Json.Serialization;

namespace Ambient.Daemon.Room;

/// <summary>Where the music stands, once a second of a <see cref="ScoreLog"/>.</summary>
/// <param name="Second">Since the start.</param>
/// <param name="Frame">What is heard before this frame is settled: no later line changes it.</param>
/// <param name="Mood">The mood that sounds.</param>
/// <param name="Target">The mood that comes, or null.</param>
/// <param name="Key">Tonic and scale.</param>
/// <param name="Chord">Chord symbol.</param>
/// <param name="Tempo">Beats a minute.</param>
/// <param name="Onsets">Salient notes a minute that are asked.</param>
/// <param name="Section">Which section.</param>
/// <param name="Card">What is different in it.</param>
/// <param name="Thin">Whether it is a thin minute.</param>
/// <param name="Layers">Who plays.</param>
/// <param name="Why">Why.</param>
internal sealed record ScoreLogStatus(
    long Second, long Frame, string Mood, string? Target, string Key, string Chord, double Tempo, double Onsets, int Section, string Card, bool Thin, IReadOnlyList<string> Layers, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ScoreLogStatus))]
[JsonSerializable(typeof(string))]
internal sealed partial class ScoreLogJson : JsonSerializerContext;
