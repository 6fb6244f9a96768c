namespace Ambient.Daemon.Mqtt;

/// <summary>How often one subject may be heard: so many messages a second after a burst. Beyond that the newest waits in the place of the one before it, so the last word always counts.</summary>
/// <remarks>
/// What waits leaves in the order in which it came, and while anything waits, whatever comes waits behind it: two subjects never swap places.
/// Memory is bounded by the number of subjects. One thread.
/// </remarks>
/// <param name="time">Measures.</param>
/// <param name="perSecond">Messages a second and subject, in the long run.</param>
/// <param name="burst">Messages that may come at once.</param>
/// <param name="pass">Takes what may go on.</param>
internal sealed class TopicLimiter(TimeProvider time, double perSecond, int burst, Action<MqttMessage> pass)
{
    /// <summary>Subjects that are counted one by one; any others share one allowance.</summary>
    internal const int MostSubjects = 1_024;

    private const string Others = "";

    private readonly Dictionary<string, Subject> _subjects = new(StringComparer.Ordinal);
    private readonly LinkedList<(Subject Subject, MqttMessage Message)> _waiting = [];

    /// <summary>Messages that a newer one of their subject replaced.</summary>
    public long ReplacedCount { get; private set; }

    /// <summary>Whether <see cref="Release"/> should be called soon.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Passes a message on, now or later.</summary>
    /// <param name="key">Its subject, usually its topic.</param>
    /// <param name="message">The message.</param>
    /// <returns>False: it took the place of one that waited, which nobody will see.</returns>
    public bool Take(string key, MqttMessage message)
    {
        Subject subject = SubjectOf(key);
        Release();
        if (_waiting.Count == 0 && TakeToken(subject))
        {
            pass(message);
            return true;
        }

        bool isReplaced = subject.Waiting is not null;
        if (subject.Waiting is { } older)
        {
            _waiting.Remove(older);
            ReplacedCount++;
        }

        subject.Waiting = _waiting.AddLast((subject, message));
        return !isReplaced;
    }

    /// <summary>Passes on what has waited long enough.</summary>
    public void Release()
    {
        while (_waiting.First is { } first && TakeToken(first.Value.Subject))
        {
            _waiting.RemoveFirst();
            first.Value.Subject.Waiting = null;
            pass(first.Value.Message);
        }
    }

    private Subject SubjectOf(string key)
    {
        if (_subjects.TryGetValue(key, out Subject? subject)) return subject;
        if (_subjects.Count >= MostSubjects) Forget();
        if (_subjects.Count >= MostSubjects && !_subjects.TryGetValue(key = Others, out subject)) subject = null;
        return subject ?? (_subjects[key] = new Subject { Tokens = burst, Last = time.GetTimestamp() });
    }

    // Whoever has been quiet long enough to have a whole burst again needs no memory.
    private void Forget()
    {
        foreach ((string key, Subject subject) in _subjects.ToArray())
        {
            if (subject.Waiting is null && TokensOf(subject, time.GetTimestamp()) >= burst) _subjects.Remove(key);
        }
    }

    private bool TakeToken(Subject subject)
    {
        long now = time.GetTimestamp();
        (subject.Tokens, subject.Last) = (TokensOf(subject, now), now);
        if (subject.Tokens < 1) return false;
        subject.Tokens--;
        return true;
    }

    private double TokensOf(Subject subject, long now) => Math.Min(burst, subject.Tokens + time.GetElapsedTime(subject.Last, now).TotalSeconds * perSecond);

    private sealed class Subject
    {
        public double Tokens { get; set; }

        public long Last { get; set; }

        public LinkedListNode<(Subject Subject, MqttMessage Message)>? Waiting { get; set; }
    }
}
