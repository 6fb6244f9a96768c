using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

/// <summary>What several tests need: the shipped moods, rooms, and a page to write events on.</summary>
internal static class Some
{
    public const int Second = 48_000;

    public static readonly ContextVector InhabitedRoom = ContextVector.Neutral with { Occupancy = 0.98, IsOccupied = true, Activity = 0.6, Density = 0.5 };

    public static readonly ContextVector EmptyRoom = ContextVector.Neutral with { Occupancy = 0.02, IsOccupied = false, Activity = 0, Density = 0 };

    public static string Root { get; } = FindRoot();

    public static MoodLibrary Moods() => MoodLibrary.Load(Path.Combine(Root, "moods"));

    public static ModelHost Rules() => new(() => new RuleModel());

    /// <summary>The moods that sound.</summary>
    public static TheoryData<string> AudibleMoods => [.. Moods().Moods.Where(mood => !mood.IsSilent).Select(mood => mood.Name)];

    /// <summary>Instruments of a mood that play one of these roles.</summary>
    public static string[] Instruments(string mood, params LayerRole[] roles) =>
        [.. Moods()[mood].Layers.Where(layer => roles.Contains(Enum.Parse<LayerRole>(layer.Key, ignoreCase: true))).SelectMany(layer => layer.Value.Alternates.Prepend(layer.Value.Instrument))];

    /// <summary>The notes that somebody might notice.</summary>
    public static IEnumerable<ScoreEvent> Salient(this IEnumerable<ScoreEvent> events, string mood)
    {
        string[] players = Instruments(mood, LayerRole.Speak, LayerRole.Answer, LayerRole.Pulse, LayerRole.Loops, LayerRole.Glint, LayerRole.Sign);
        return events.Notes().Where(e => players.Contains(Orchestra.Names[e.Instrument]));
    }

    /// <summary>What an engine would hear: a revocation drops what was queued, as <c>PendingEvents</c> does.</summary>
    public static List<ScoreEvent> AsHeard(this IEnumerable<ScoreEvent> events)
    {
        var heard = new List<ScoreEvent>();
        foreach (ScoreEvent e in events)
        {
            if (e.Kind == ScoreEventKind.Revoke) heard.RemoveAll(old => old.Frame >= e.Frame && old.Epoch < e.Epoch && old.Kind != ScoreEventKind.NoteOff);
            else heard.Add(e);
        }

        return [.. heard.OrderBy(e => e.Frame)];
    }

    /// <summary>Plays a mood for a while and returns every event.</summary>
    public static List<ScoreEvent> Play(string mood, double seconds, ulong seed = 1, ContextVector? room = null, ModelHost? model = null, double callSeconds = 2)
    {
        var conductor = new Conductor(Moods(), model ?? Rules(), seed);
        conductor.Request(new MoodRequest(mood, 100));
        var page = new Page();
        for (double t = callSeconds; t <= seconds; t += callSeconds) conductor.Advance((long)(t * Second), room ?? InhabitedRoom, page);
        return page.Events;
    }

    public static IEnumerable<ScoreEvent> Notes(this IEnumerable<ScoreEvent> events, string? instrument = null) =>
        events.Where(e => e.Kind == ScoreEventKind.NoteOn && (instrument is null || Orchestra.Names[e.Instrument] == instrument));

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory!, "Ambient.sln"))) directory = Path.GetDirectoryName(directory);
        return directory!;
    }
}

/// <summary>A sink that keeps everything, with room for so many at a time.</summary>
internal sealed class Page(int room = int.MaxValue) : IScoreSink
{
    public List<ScoreEvent> Events { get; } = [];

    public int Room { get; set; } = room;

    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        if (Room == 0) return false;
        Room--;
        Events.Add(scoreEvent);
        return true;
    }
}
