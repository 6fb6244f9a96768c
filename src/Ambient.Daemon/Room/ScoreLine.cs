using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>A line on its way into a score log. Events become text only where they are written.</summary>
/// <param name="Frame">First frame that can't be told without this line.</param>
/// <param name="Text">The line; null for an event.</param>
/// <param name="Event">What was handed to the synthesiser, where there is no text.</param>
/// <param name="IsStatus">Whether it is the status of a second, where a file may end and the next begin.</param>
internal readonly record struct ScoreLine(long Frame, string? Text, ScoreEvent Event, bool IsStatus)
{
    /// <summary>A line of text.</summary>
    public static ScoreLine Of(long frame, string text, bool isStatus = false) => new(frame, text, default, isStatus);

    /// <summary>An event.</summary>
    public static ScoreLine Of(in ScoreEvent scoreEvent) => new(scoreEvent.Frame, null, scoreEvent, false);

    /// <inheritdoc/>
    public override string ToString() => Text ?? ScoreText.Event("e", Event);
}
