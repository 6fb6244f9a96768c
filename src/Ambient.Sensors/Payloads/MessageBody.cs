using System.Text;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>What every ecosystem has in common: the payload as text or JSON within limits, and the only way from a raw value to a reading.</summary>
/// <param name="message">The message.</param>
/// <param name="readings">Receives what is true.</param>
/// <param name="problems">Receives what is not.</param>
/// <param name="isRepeat">Whether the values only repeat what the device said before.</param>
internal readonly struct MessageBody(SensorMessage message, ICollection<Reading> readings, ICollection<string> problems, bool isRepeat = false)
{
    /// <summary>Larger payloads are refused unparsed: no sensor needs more, and a broker may send 256 MB.</summary>
    public const int LargestPayloadBytes = 64 * 1024;

    /// <summary>Devices that sleep report what they measured minutes ago; a repetition from memory is hours old.</summary>
    private static readonly TimeSpan OldestFresh = TimeSpan.FromMinutes(15);

    /// <summary>As deep as any real device nests, several times over.</summary>
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 32 };

    /// <summary>An anechoic chamber has less, a room never: what reports it speaks of volts, of a fraction or of dB below full scale.</summary>
    private const double QuietestRoomDba = 12;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The payload as text without a byte-order mark; false, with a problem, where it is too large or not UTF-8.</summary>
    public bool TryGetText(out string text)
    {
        text = "";
        if (message.Payload.Length > LargestPayloadBytes)
            return Problem($"payload has {message.Payload.Length} bytes; at most {LargestPayloadBytes} are read");
        try
        {
            text = StrictUtf8.GetString(message.Payload.Span).TrimStart('\uFEFF').Trim();
            return true;
        }
        catch (DecoderFallbackException)
        {
            return Problem("payload is not UTF-8 text");
        }
    }

    /// <summary>Reads the payload as JSON; what is none becomes a problem, and is still read where no more than a bare <c>nan</c> is wrong with it.</summary>
    public void ReadJson(Action<JsonElement> read)
    {
        if (TryGetText(out string text)) ReadJson(text, read, BareNan.Replaced);
    }

    private void ReadJson(string text, Action<JsonElement> read, Func<string, string?>? mend)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, Limits);
            read(json.RootElement);
        }
        catch (JsonException)
        {
            Problem($"payload is not JSON: {Shorten(text)}");
            // What stands beside it was measured.
            if (mend?.Invoke(text) is { } mended) ReadJson(mended, read, mend: null);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json finds half a surrogate pair in a string only when the string is read.
            Problem($"payload holds text that is not Unicode: {Shorten(text)}");
        }
    }

    /// <summary>Adds a reading if the value can be true and the message is fresh.</summary>
    /// <remarks>A retained copy is as old as the broker likes: it gives no reading and no problem. Only availability is kept retained on purpose (a last will), and is always current.</remarks>
    public void Add(string sensor, Quantity quantity, double value)
    {
        if (!Quantities.CanBe(quantity, value) || (Quantities.IsCount(quantity) && value != Math.Floor(value)))
        {
            (double min, double max) = Quantities.RangeOf(quantity);
            string kind = Quantities.IsCount(quantity) ? "a whole number" : "a value";
            string range = FormattableString.Invariant($"from {min} to {max} {Quantities.UnitOf(quantity)}").TrimEnd();
            Problem(FormattableString.Invariant($"{Quantities.NameOf(quantity)} is {value}; {kind} {range} would be right"));
            return;
        }

        if (quantity is Quantity.Noise && value < QuietestRoomDba)
        {
            Problem(FormattableString.Invariant($"noise is {value} dBA; no room is below {QuietestRoomDba}"));
            return;
        }

        if (IsSentinel(quantity, value))
        {
            Problem(FormattableString.Invariant($"{Quantities.NameOf(quantity)} is {value}, which devices send when they have no value"));
            return;
        }

        if (!message.IsRetained || quantity == Quantity.Available)
            readings.Add(new Reading(message.Time, sensor, quantity, value) { IsRepeat = isRepeat });
    }

    /// <summary>The same message, its readings marked as repetitions or not.</summary>
    public MessageBody AsRepeat(bool isIt) => new(message, readings, problems, isIt);

    /// <summary>The same message, its readings set aside; problems, too, where another list is given.</summary>
    public MessageBody Into(ICollection<Reading> aside, ICollection<string>? problemsAside = null) => new(message, aside, problemsAside ?? problems, isRepeat);

    /// <summary>Takes readings that were set aside.</summary>
    public void Pass(IEnumerable<Reading> aside)
    {
        foreach (Reading reading in aside) readings.Add(reading);
    }

    /// <summary>Whether a time inside the message says that it is old; then that is a problem. A time ahead of ours is no reason: a Raspberry Pi without a network starts with yesterday's clock.</summary>
    public bool IsStale(DateTimeOffset measured, string name)
    {
        TimeSpan age = message.Time - measured;
        if (age <= OldestFresh) return false;
        Problem(FormattableString.Invariant($"{name} is {measured:u}, {age.TotalMinutes:0} minutes ago; that is no fresh evidence"));
        return true;
    }

    /// <summary>Numbers inside the range that are no measurement: all ones in 16 bits, as such or as the part converts them; all zeros; a DS18B20 before its first conversion.</summary>
    private static bool IsSentinel(Quantity quantity, double value) => quantity switch
    {
        Quantity.Illuminance => value is ushort.MaxValue or ushort.MaxValue - 1 or 54_612.5 or 54_612 or 54_613, // the last three: a BH1750's 65535 / 1.2
        Quantity.People => value == ushort.MaxValue,
        Quantity.Temperature => value is 85 or -40 or -45 or -46.85 or -46.9 or -46.8, // DS18B20; HDC1080 and others, SHT3x, Si7021 and SHT2x at all zeros
        _ => false,
    };

    /// <summary>Notes a problem.</summary>
    /// <returns>False, for the caller to pass on.</returns>
    public bool Problem(string what)
    {
        problems.Add(what);
        return false;
    }

    /// <summary>A value as it may stand in a message for people.</summary>
    public static string Shorten(string text)
    {
        const int Longest = 40;
        string start = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
        return $"'{string.Concat(start.Select(c => char.IsControl(c) ? ' ' : c))}'";
    }
}
