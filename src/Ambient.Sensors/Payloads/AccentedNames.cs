using System.Text;

namespace Ambient.Sensors.Payloads;

/// <summary>Names with letters that ASCII lacks, as Home Assistant writes them: <c>Tür</c> is <c>tur</c>.</summary>
/// <remarks>ESPHome puts an underscore for every byte of such a letter, two for most, three for the small 2 of CO₂: <c>Luminosità</c> is <c>luminosit__</c> (its helpers, <c>str_sanitize</c>). Which letter it was tells only the word.</remarks>
internal static class AccentedNames
{
    private const string Letters = "àáâãäåçèéêëìíîïñòóôõöøùúûüýąćęłńśźżčďěňřšťůž";
    private const string Plains = "aaaaaaceeeeiiiinoooooouuuuyacelnszzcdenrstuz";

    /// <summary>Words that mean something here, whether they name a quantity or rule one out.</summary>
    private static readonly (string Mangled, string Plain)[] Words = [.. new[]
    {
        "präsenz", "tür", "türe", "öffnung", "außen", "draußen", "kühlschrank", "gewächshaus", "rücklauf", "beleuchtungsstärke",
        "présence", "humidité", "température", "luminosité", "fenêtre", "éclairement", "extérieur", "extérieure", "réfrigérateur", "congélateur",
        "umidità", "luminosità", "ocupación", "balcón", "jardín", "frigorífico", "dióxido",
        "presença", "ocupação", "iluminância", "iluminación", "iluminação", "co₂", "rörelse", "närvaro", "fönster", "dörr", "wilgotność", "obecność",
    }.Select(word => (Mangled(word), Plain(word)))];

    /// <summary>The name in ASCII.</summary>
    public static string Of(string name)
    {
        string plain = Plain(name);
        if (!plain.Contains("__", StringComparison.Ordinal)) return plain;
        foreach ((string mangled, string word) in Words)
        {
            int at = plain.IndexOf(mangled, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && IsEnd(plain, at - 1) && IsEnd(plain, at + mangled.Length)) plain = $"{plain[..at]}{word}{plain[(at + mangled.Length)..]}";
        }

        return plain;
    }

    private static bool IsEnd(string text, int at) => at < 0 || at >= text.Length || !char.IsAsciiLetter(text[at]);

    private static string Plain(string name)
    {
        if (Ascii.IsValid(name)) return name;
        var plain = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            int index = Letters.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (index >= 0) plain.Append(Plains[index]);
            else if (c == 'ß') plain.Append("ss");
            else if (c == '₂') plain.Append('2');
            else plain.Append(c);
        }

        return plain.ToString();
    }

    private static string Mangled(string word) => string.Concat(word.Select(c => char.IsAscii(c) ? c.ToString() : new string('_', Encoding.UTF8.GetByteCount([c]))));
}
