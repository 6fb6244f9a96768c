using System.Text;

namespace Ambient.Sensors.Payloads;

/// <summary>What is JSON but for a bare <c>nan</c> or <c>inf</c> where a number stands: Tasmota up to 6, and Python's <c>json.dumps</c>, write it so.</summary>
internal static class BareNan
{
    /// <summary>The text with <c>null</c> in their place; null where there is none of them outside the strings.</summary>
    /// <param name="text">A payload that is no JSON.</param>
    public static string? Replaced(string text)
    {
        if (!text.StartsWith('{')) return null; // nothing stands beside it
        var mended = new StringBuilder(text.Length);
        bool isInString = false, hasAny = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '"') isInString = !isInString;
            if (isInString && c == '\\' && i + 1 < text.Length) mended.Append(text[i++]);
            int length = isInString ? 0 : LengthAt(text, i);
            if (length == 0)
            {
                mended.Append(text[i]);
                continue;
            }

            mended.Append("null");
            hasAny = true;
            i += length - 1;
        }

        return hasAny ? mended.ToString() : null;
    }

    /// <summary>How long the word is that begins here, as a value of its own; 0 where none does.</summary>
    private static int LengthAt(string text, int start)
    {
        char before = start == 0 ? ' ' : text[start - 1];
        if (before is not (':' or ',' or '[') && !char.IsWhiteSpace(before)) return 0;
        int end = text[start] is '-' or '+' ? start + 1 : start;
        while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
        bool isEnd = end == text.Length || text[end] is ',' or '}' or ']' || char.IsWhiteSpace(text[end]);
        return isEnd && text[start..end].TrimStart('-', '+').ToLowerInvariant() is "nan" or "inf" or "infinity" ? end - start : 0;
    }
}
