using System.Globalization;

namespace Ambient.Daemon.Control;

/// <summary>Turns the payload of a command into overrides; what it does not understand changes nothing.</summary>
/// <param name="stack">Where overrides go.</param>
/// <param name="moods">Every mood that can be asked for.</param>
/// <param name="defaultMood">What <c>ON</c> asks for where it would stay silent.</param>
/// <param name="nextSlot">When a plain command lapses; null holds until released.</param>
/// <param name="moodAt">The effective mood.</param>
internal sealed class CommandInterpreter(
    OverrideBoard stack, IReadOnlyList<string> moods, string defaultMood, Func<DateTimeOffset, DateTimeOffset?> nextSlot, Func<DateTimeOffset, string> moodAt)
{
    /// <summary>Carries a command out.</summary>
    /// <param name="command">Such as <c>mood/set</c>.</param>
    /// <param name="payload">Anything at all.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="by">Who asks, where the payload does not say.</param>
    /// <param name="author">Who asked.</param>
    internal CommandResult Take(string command, string payload, DateTimeOffset now, string by, out string author)
    {
        author = by;
        switch (command)
        {
            case "mood/set":
                return SetMood(payload.Trim(), now, by);
            case "level/set":
                return SetLevel(payload.Trim(), now, by);
            case "power/set":
                return SetPower(payload.Trim(), now, by);
            case "override/set" or "override/clear":
                bool isSet = command == "override/set";
                if (OverrideRequest.Parse(payload, needsValue: isSet, out string problem) is not { } request) return CommandResult.Rejected($"{command}: {problem}");
                author = request.By ?? by;
                if (isSet) return SetOverride(request, now, author);
                stack.Release(request.Priority);
                return CommandResult.Accepted;
            default:
                return CommandResult.Rejected($"{ShownText.Of(command)} is no command; allowed: mood/set, level/set, power/set, override/set, override/clear");
        }
    }

    private CommandResult SetMood(string mood, DateTimeOffset now, string by)
    {
        if (!moods.Contains(mood)) return UnknownMood("mood/set", mood);
        stack.Moods.Set(Priorities.Operator, new Command<string>(mood, by, nextSlot(now), now));
        return CommandResult.Accepted;
    }

    private CommandResult SetLevel(string text, DateTimeOffset now, string by)
    {
        // "40.0" too: some senders know only floating point.
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double level) || level is not (>= 0 and <= 100) || level != Math.Floor(level))
            return CommandResult.Rejected($"level/set is '{ShownText.Of(text)}'; allowed: a whole number 0..100");
        stack.Levels.Set(Priorities.Operator, new Command<int>((int)level, by, nextSlot(now), now));
        return CommandResult.Accepted;
    }

    private CommandResult SetPower(string text, DateTimeOffset now, string by)
    {
        if (text is not ("ON" or "OFF")) return CommandResult.Rejected($"power/set is '{ShownText.Of(text)}'; allowed: ON, OFF");
        if (text == "OFF") return SetMood(ControlPlane.Off, now, by);
        // ON takes back an OFF first; only where it would still be silent does it ask for a mood.
        if (stack.Moods.At(Priorities.Operator, now)?.Value == ControlPlane.Off) stack.Moods.Release(Priorities.Operator);
        if (moodAt(now) != ControlPlane.Off) return CommandResult.Accepted;
        return SetMood(defaultMood != ControlPlane.Off ? defaultMood : moods.FirstOrDefault(mood => mood != ControlPlane.Off) ?? ControlPlane.Off, now, by);
    }

    private CommandResult SetOverride(OverrideRequest request, DateTimeOffset now, string author)
    {
        if (request.Mood is { } wanted && !moods.Contains(wanted)) return UnknownMood("override/set value.mood", wanted);
        DateTimeOffset? until = request.TimeToLive is { } timeToLive ? now + timeToLive : null;
        if (request.Releases) stack.Release(request.Priority);
        if (request.Mood is { } mood) stack.Moods.Set(request.Priority, new Command<string>(mood, author, until, now));
        if (request.Level is { } level) stack.Levels.Set(request.Priority, new Command<int>(level, author, until, now));
        return CommandResult.Accepted;
    }

    private CommandResult UnknownMood(string key, string mood) => CommandResult.Rejected($"{key} is '{ShownText.Of(mood)}'; allowed: {string.Join(", ", moods)}");
}
