namespace Ambient.Composer.Moods;

/// <summary>A mood file that can't be used; the message has one line per problem: file, key, value, what is allowed.</summary>
public sealed class MoodException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>One line each, for people.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
