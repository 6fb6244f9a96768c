namespace Ambient.Daemon.Room;

/// <summary>Where the lines of a score log go: a file of a render, or the daemon's files behind a queue.</summary>
internal interface IScoreLines
{
    /// <summary>Takes the next line. Composer thread; never fails: what can't be kept is the file's own business to tell.</summary>
    void Add(in ScoreLine line);
}
