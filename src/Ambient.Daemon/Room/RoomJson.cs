using System.Text.Json.Serialization;
using Ambient.Daemon.Control;
using Ambient.Sensors;

namespace Ambient.Daemon.Room;

/// <summary>The room as JSON, under the names that integrators know. Source-generated: nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(ContextVectorConverter)])]
[JsonSerializable(typeof(RoomSnapshot))]
[JsonSerializable(typeof(EffectiveState))]
[JsonSerializable(typeof(ContextVector))]
[JsonSerializable(typeof(WhyReport))]
[JsonSerializable(typeof(ScoreReport))]
[JsonSerializable(typeof(DiagReport))]
[JsonSerializable(typeof(FaultAttributes))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class RoomJson : JsonSerializerContext;
