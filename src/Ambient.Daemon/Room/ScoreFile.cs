using System.Text;

namespace Ambient.Daemon.Room;

/// <summary>A score log in one file, written at once: for renders, where nobody waits.</summary>
internal sealed class ScoreFile : IScoreLines, IDisposable
{
    private readonly StreamWriter _file;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where; what was there is replaced.</param>
    /// <param name="engine">Who plays.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public ScoreFile(string path, ScoreEngine engine)
    {
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        _file.WriteLine(ScoreText.Header(engine, part: null));
    }

    /// <inheritdoc/>
    public void Add(in ScoreLine line) => _file.WriteLine(line.ToString());

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
