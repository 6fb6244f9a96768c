using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Composer.Models;

/// <summary>What <c>composer.json</c> says about the two networks beside it.</summary>
internal sealed record ModelDescription
{
    public int Format { get; set; }

    public int Hidden { get; set; }

    public int Head { get; set; }

    public int Layers { get; set; }

    public int Cond { get; set; }

    public ConditionLayout CondLayout { get; set; } = new();

    public Dictionary<string, float[]> IntentQuantiles { get; set; } = [];

    public int PitchMin { get; set; }

    public int PitchCount { get; set; }

    public Dictionary<string, string> Sha256 { get; set; } = [];

    /// <summary>Reads and checks it.</summary>
    public static ModelDescription Load(string file)
    {
        if (!File.Exists(file)) throw new FileNotFoundException($"{file} is missing.", file);
        ModelDescription description;
        try
        {
            description = JsonSerializer.Deserialize(File.ReadAllBytes(file), ModelJson.Default.ModelDescription)!;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{file} is no model description: {problem.Message}", problem);
        }

        Require("format", description.Format, 1);
        Require("layers", description.Layers, OnnxScoreModel.Layers);
        Require("pitch_min", description.PitchMin, ScoreTokens.PitchMin);
        Require("pitch_count", description.PitchCount, ScoreTokens.PitchCount);
        foreach (string axis in (string[])["density", "register", "tension"])
        {
            if (!description.IntentQuantiles.TryGetValue(axis, out float[]? table) || table.Length < 2)
                throw new InvalidDataException($"{file}: intent_quantiles has no table of two or more numbers for {axis}.");
        }

        return description;

        void Require(string key, int value, int wanted)
        {
            if (value != wanted) throw new InvalidDataException($"{file}: {key} is {value}, this build plays {wanted}.");
        }
    }

    /// <summary>Where in the condition vector each wish stands.</summary>
    internal sealed record ConditionLayout
    {
        public Dictionary<string, int> Rate { get; set; } = [];

        public Dictionary<string, int> Corpus { get; set; } = [];

        /// <summary>Of the flag that chords stand still while the melody goes on; null for a network that was not trained to be told.</summary>
        public int? Paced { get; set; }

        public Dictionary<string, int> Intent { get; set; } = [];

        public Dictionary<string, int> IntentPresent { get; set; } = [];
    }
}

/// <summary>How <c>composer.json</c> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelDescription))]
internal sealed partial class ModelJson : JsonSerializerContext;
