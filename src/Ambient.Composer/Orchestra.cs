using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Synth.Instruments;

namespace Ambient.Composer;

/// <summary>The synthesiser's instruments by name and by the index that score events carry, and who plays what in a mood.</summary>
internal static class Orchestra
{
    private static readonly LayerRole[] Roles = Enum.GetValues<LayerRole>();

    /// <summary>In the order of their index.</summary>
    public static IReadOnlyList<string> Names => InstrumentCatalog.Names;

    /// <summary>Index of the instrument that plays a role, or null when the mood leaves the role out.</summary>
    public static int? InstrumentOf(Mood mood, LayerRole role) =>
        mood.Layers.TryGetValue(Director.NameOf(role), out MoodLayer? layer) ? InstrumentCatalog.IndexOf(layer.Instrument) : null;

    /// <summary>What an instrument does in a mood, or null when it has nothing to do.</summary>
    public static (LayerRole Role, MoodLayer Layer)? RoleOf(Mood mood, int instrument)
    {
        foreach (LayerRole role in Roles)
        {
            if (mood.Layers.TryGetValue(Director.NameOf(role), out MoodLayer? layer) && layer.Instrument == Names[instrument]) return (role, layer);
        }

        return null;
    }
}
