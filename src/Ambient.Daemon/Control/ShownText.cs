namespace Ambient.Daemon.Control;

/// <summary>Foreign text made fit for one line of a log.</summary>
internal static class ShownText
{
    private const int Longest = 60;

    /// <summary>At most 60 characters, nothing that moves a terminal's cursor.</summary>
    internal static string Of(string text)
    {
        string cut = text.Length <= Longest ? text : text[..Longest] + " …";
        return string.Create(cut.Length, cut, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) ? '?' : source[i];
        });
    }
}
