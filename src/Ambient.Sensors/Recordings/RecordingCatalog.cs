namespace Ambient.Sensors.Recordings;

/// <summary>Every kind of recording that can be replayed. A new one is a file in this folder and a line here.</summary>
public static class RecordingCatalog
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<IRecordingFormat> All { get; } = [new AmbientTrace(), new Uci357(), new Uci864()];

    /// <summary>Their names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(format => format.Name));

    /// <summary>The format of that name, or null.</summary>
    public static IRecordingFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);
}
