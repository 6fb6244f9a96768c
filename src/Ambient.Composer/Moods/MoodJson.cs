using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Composer.Moods;

/// <summary>How a mood file is written: source-generated, camelCase, comments and trailing commas allowed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowTrailingCommas = true,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Mood))]
internal sealed partial class MoodJson : JsonSerializerContext;
