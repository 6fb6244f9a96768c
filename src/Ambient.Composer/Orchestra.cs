using Ambient.Synth.Instruments;

namespace Ambient.Composer;

/// <summary>The synthesiser's instruments by name and by the index that score events carry.</summary>
internal static class Orchestra
{
    /// <summary>In the order of their index.</summary>
    public static IReadOnlyList<string> Names => InstrumentCatalog.Names;
}
