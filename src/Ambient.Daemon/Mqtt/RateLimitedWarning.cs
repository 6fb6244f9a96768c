namespace Ambient.Daemon.Mqtt;

/// <summary>Warns about a subject at once and then at most once a minute, with the number of warnings left out.</summary>
/// <remarks>Whoever sends garbage sends it often; a log must survive that. Any thread.</remarks>
public sealed partial class RateLimitedWarning(TimeProvider time, ILogger log)
{
    private const int MostSubjects = 256; // subjects come from outside: memory for them has an end
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (long LastWarned, int LeftOut)> _subjects = [];

    /// <summary>Logs <paramref name="message"/>, unless <paramref name="subject"/> has just been warned about.</summary>
    /// <param name="subject">What the rate counts for, usually a topic.</param>
    /// <param name="message">One line for people.</param>
    public void Warn(string subject, string message)
    {
        int leftOut;
        lock (_lock)
        {
            long now = time.GetTimestamp();
            if (_subjects.TryGetValue(subject, out var last) && time.GetElapsedTime(last.LastWarned, now) < Interval)
            {
                _subjects[subject] = last with { LeftOut = last.LeftOut + 1 };
                return;
            }

            leftOut = last.LeftOut;
            if (_subjects.Count >= MostSubjects) _subjects.Clear();
            _subjects[subject] = (now, 0);
        }

        if (leftOut > 0) LogAgain(message, leftOut);
        else Log(message);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message}")]
    private partial void Log(string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Message} ({LeftOut} more like this were not logged)")]
    private partial void LogAgain(string message, int leftOut);
}
