using System.Text.Json;
using Ambient.Composer;
using Ambient.Composer.Direction;

namespace Ambient.Daemon.Room;

/// <summary>Commands that go to the music and not to the control plane: <c>event</c> and <c>feedback</c>. Composer thread.</summary>
public sealed class MusicCommands(Conductor conductor)
{
    private const string Event = "event";
    private const string FeedbackTopic = "feedback";
    private const string Chime = "chime";
    private const double UsualIntensity = 0.5;

    /// <summary>First frame that is not yet heard; the loop says so before it reads messages.</summary>
    public long HeardFrame { get; set; }

    /// <summary>Takes a command if it is one for the music.</summary>
    /// <param name="command">What follows the id in the topic.</param>
    /// <param name="payload">JSON.</param>
    /// <param name="isRetained">A copy that the broker kept: what happened once must not happen again at every connection.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public bool TryHandle(string command, string payload, bool isRetained, out string? problem)
    {
        problem = null;
        if (command is not (Event or FeedbackTopic)) return false;
        if (isRetained)
        {
            problem = "is a retained copy and was ignored; allowed: messages published without retain";
            return true;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(payload);
            problem = json.RootElement.ValueKind != JsonValueKind.Object ? "must be a JSON object"
                : command == Event ? Play(json.RootElement)
                : Vote(json.RootElement);
        }
        catch (JsonException)
        {
            problem = "is no JSON object";
        }

        return true;
    }

    private string? Play(JsonElement json)
    {
        string name = Text(json, "event") ?? "";
        if (name != Chime) return $"event is '{name}'; allowed: {Chime}";
        double intensity = UsualIntensity;
        if (json.TryGetProperty("intensity", out JsonElement given) && !(given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out intensity) && intensity is >= 0 and <= 1))
            return $"intensity is {given.GetRawText()}; allowed: 0 to 1";
        conductor.Gesture(intensity, HeardFrame);
        return null;
    }

    private string? Vote(JsonElement json)
    {
        string about = Text(json, "about") ?? "mood";
        if (!Feedback.Subjects.Contains(about)) return $"about is '{about}'; allowed: {string.Join(", ", Feedback.Subjects)}";
        if (!json.TryGetProperty("vote", out JsonElement given) || given.ValueKind != JsonValueKind.Number || given.GetDouble() is not (>= -1 and <= 1))
            return $"vote is {(given.ValueKind == JsonValueKind.Undefined ? "missing" : given.GetRawText())}; allowed: -1 to 1";
        conductor.Vote(given.GetDouble(), about);
        return null;
    }

    private static string? Text(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
