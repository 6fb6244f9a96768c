using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ambient.Daemon.HomeAssistant;

/// <summary>How discovery is written.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class DiscoveryJson : JsonSerializerContext;
