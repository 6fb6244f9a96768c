using System.Text.Json.Serialization;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>What a judge makes of a value.</summary>
public enum Verdict
{
    /// <summary>Where it should be.</summary>
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>Outside its target: worth a look, and an explanation.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Beyond a gate: not to be shipped.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}
