namespace Ambient.Composer.Moods;

/// <summary>All moods there are: one file each. Immutable.</summary>
public sealed class MoodLibrary
{
    private readonly SortedDictionary<string, Mood> _moods;

    /// <summary>A library of these moods; a mood <c>off</c> is added when missing, because silence must always be possible.</summary>
    public MoodLibrary(IEnumerable<Mood> moods)
    {
        _moods = new(moods.ToDictionary(mood => mood.Name), StringComparer.Ordinal);
        _moods.TryAdd("off", new Mood { Name = "off", Description = "Silence.", IsSilent = true });
    }

    /// <summary>Names in alphabetical order.</summary>
    public IReadOnlyCollection<string> Names => _moods.Keys;

    /// <summary>The moods in the order of their names.</summary>
    public IReadOnlyCollection<Mood> Moods => _moods.Values;

    /// <summary>The mood of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists what there is.</exception>
    public Mood this[string name] =>
        TryGet(name, out Mood? mood) ? mood : throw new ArgumentException($"No mood is called '{name}'. There are: {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Looks a mood up.</summary>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Mood? mood) => _moods.TryGetValue(name, out mood);

    /// <summary>Reads every <c>*.json</c> of a directory but the schema.</summary>
    /// <exception cref="MoodException">One or more files are wrong; names all problems of all files.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static MoodLibrary Load(string directory)
    {
        var moods = new List<Mood>();
        var problems = new List<string>();
        foreach (string file in Directory.GetFiles(directory, "*.json").Order(StringComparer.Ordinal))
        {
            if (file.EndsWith(".schema.json", StringComparison.Ordinal)) continue;
            try
            {
                moods.Add(MoodFile.Load(file));
            }
            catch (MoodException wrong)
            {
                problems.AddRange(wrong.Problems);
            }
        }

        if (problems.Count > 0) throw new MoodException(problems);
        return moods.Count > 0 ? new MoodLibrary(moods) : throw new MoodException([$"{directory}: holds no mood file (*.json)."]);
    }
}
