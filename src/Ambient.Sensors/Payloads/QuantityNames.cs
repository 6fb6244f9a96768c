namespace Ambient.Sensors.Payloads;

/// <summary>What a sensor measures, told from the name that its owner or maker gave it: <c>hall_pir</c>, <c>TempC_SHT</c>, <c>Sensors/CO2</c>.</summary>
/// <remarks>A wrong guess is a false reading, so any word that makes another thing of the name (target, battery, cpu, offset …) rules it out.</remarks>
internal static class QuantityNames
{
    /// <summary>Words that make another thing of the name: settings, statistics, the device's own health, things outside the room.</summary>
    private static readonly HashSet<string> Spoilers = new(StringComparer.Ordinal)
    {
        "set", "calibrate", "maximum", "minimum", "limit", "alarm", "alert", "avg",
        "cpu", "chip", "esp", "esp32", "esp8266", "internal", "device", "board", "core", "soc", "battery", "batt", "weather",
        "dew", "dewpoint", "feels", "apparent", "heat", "index", "water", "soil", "moisture", "absolute", "color", "colour", "mired", "delta", "diff", "rate", "trend", "change", "timeout",
        "delay", "sensitivity", "distance", "energy", "angle", "speed", "duration", "total", "times", "range", "time", "counter", "enabled", "enable", "led", "status_led", "brightness",
        "level_index", "properties", "control", "raw", "error", "fault", "tamper", "update", "count_in", "count_out", "line", "eco2", "equivalent", "equiv", "eq", "baseline", "peak", "history", "last", "type", "unit", "mode",
        "freezer", "fridge", "oven", "boiler", "flow", "return", "probe", "wet", "bulb", "vpd", "car", "garage", "lock", "bell", "doorbell", "cover", "height", "off", "on", "vbat", "voltage",
        "processor", "router", "outlet", "charger", "today", "yesterday", "daily", "day", "week", "hour", "minute", "switch", "switches", "lights", "relay",
        "moving", "still", "static", "disk", "drive", "hdd", "ssd", "nvme", "gpu", "nas", "printer", "nozzle", "hotend", "extruder", "tablet", "laptop", "modem",
        "pool", "aquarium", "tank", "cylinder", "collector", "solar", "panel", "inverter", "pipe", "supply", "inlet", "exhaust", "radiator", "compressor", "engine", "kettle", "grill", "meat", "skin",
        "soll", "sollwert", "ziel", "consigne", "consigna", "prozessor", "wasser", "boden", "kuehlschrank", "kuhlschrank", "rucklauf", "mittelwert",
        "gate", "margin", "snr", "signal", "emission", "emissions", "grid", "footprint", "plant", "flower", "wood",
        "spectrum", "infrared", "visible", "uv",
        "frigobar", "geladeira", "nevera", "congelador", "frigo", "frigorifero", "koelkast", "vriezer", "refrigerateur", "congelateur", "gefrierschrank", "gefriertruhe", "backofen",
        "eau", "agua", "acqua", "warmwasser", "brauchwasser", "kessel", "vorlauf", "ruecklauf", "speicher", "puffer", "caldera", "caldaia", "chaudiere", "piscina", "piscine", "zwembad",
        "mailbox", "letterbox", "dishwasher", "washer", "washing", "dryer", "microwave", "dimmer", "plug", "socket", "bms", "ups", "psu", "mcu", "object", "surface", "thermocouple", "heatbed", "heated", "furnace", "kiln", "bbq", "fan", "sun", "moon",
        "scheduled", "sched", "command", "cmd", "override", "discharge", "duct", "coil", "mixed", "condenser", "evaporator", "refrigerant", "simulation", "simulated", "vacation", "holiday", "sensing", "pot", "planter",
    };

    /// <summary>Words that put a sensor elsewhere or on the move, or make a statistic of it, even where its class is known.</summary>
    private static readonly HashSet<string> Elsewhere = new(StringComparer.Ordinal)
    {
        "outdoor", "outdoors", "outside", "external", "exterior", "forecast", "garden", "balcony", "street", "terrace", "patio", "porch", "driveway", "yard", "backyard", "carport", "shed", "greenhouse",
        "aussen", "draussen", "garten", "balkon", "terrasse", "buiten", "tuin", "exterieur", "esterno", "esterna", "jardin", "wetter",
        "externo", "externa", "externos", "externas", "jardim", "varanda", "quintal", "giardino", "balcone", "balcon", "terraza", "gewaechshaus", "gewachshaus", "exterieure", "invernadero", "serra",
        "average", "mean", "min", "max", "setpoint", "target", "threshold", "calibration", "offset", "sp", "stpt", "setpt", "schedule",
        "phone", "iphone", "smartphone", "android", "ipad", "watch", "tracker", "beacon", "ibeacon", "keys", "wallet", "vehicle", "tesla", "volvo", "polestar", "bmw", "audi", "volkswagen", "skoda", "renault", "hyundai", "nissan", "toyota", // where somebody or something is, and what moves
    };

    /// <summary>Things with a temperature of their own, which is not the room's.</summary>
    private static readonly HashSet<string> WarmThings = new(StringComparer.Ordinal)
    {
        "camera", "tv", "speaker", "amp", "amplifier", "receiver", "hub", "bridge", "gateway", "access", "ap", "nuc", "pi", "rpi", "raspberry", "synology", "qnap", "proxmox", "host", "machine", "vacuum", "robot",
        "mower", "motor", "pump", "valve", "trv", "heizung", "heizkoerper", "heizkorper", "radiateur", "miflora", "flora", "max6675", "max31855", "mpu6050", "mpu6886", "mpu9250", "ds3231", "bl0940", "bl0942", "cse7766", "hlw8012", "ade7953", "heater", "stove", "fireplace", "chimney", "refrigerator", "beer", "wine", "dhw", "buffer", "transformer", "rack", "octoprint", "bambu", "prusa", "klipper", "moonraker",
        "dat", "sat", "mat", "rat", "oat", "chw", "chws", "chwr", "hhw", "hws", "hwr", "leaving", "entering", // air and water of a building's plant
    };

    /// <summary>Whether the name says that it is not about a room as it is now.</summary>
    public static bool IsElsewhere(string name) => WordsOf(name).Exists(IsElsewhereWord);

    // Weather services put their name in front: openweathermap_humidity, accuweather_temperature, meteo_…
    private static bool IsElsewhereWord(string word) => Elsewhere.Contains(word) || word.Contains("weather", StringComparison.Ordinal) || word.StartsWith("meteo", StringComparison.Ordinal) || word.StartsWith("metno", StringComparison.Ordinal);

    /// <summary>Whether a name without a unit says too little: a radar's photodiode, 0 to 255, is usually called nothing but "light", as in ESPHome's own example.</summary>
    public static bool NeedsUnit(string name) => WordsOf(name) is ["light"];

    /// <summary>The unit that a name tells: <c>hall_temperature_f</c>; null where it tells none.</summary>
    public static string? UnitIn(string name, Quantity quantity) =>
        quantity == Quantity.Temperature && WordsOf(name).Exists(word => word is "f" or "tempf" or "fahrenheit") ? "°F" : null;

    /// <summary>Names the quantity, if the name leaves no doubt.</summary>
    /// <param name="name">Any spelling: snake_case, camelCase, kebab-case, words, a path.</param>
    /// <param name="isYesOrNo">Whether the device says yes or no (true), a number (false), or nobody knows (null).</param>
    /// <param name="quantity">The quantity; the last word decides (<c>presence-one-pir</c> is a PIR).</param>
    public static bool TryFind(string name, bool? isYesOrNo, out Quantity quantity)
    {
        quantity = default;
        List<string> words = WordsOf(name);
        if (words.Exists(word => (Spoilers.Contains(word) && !(word == "counter" && words.Exists(other => other is "people" or "person"))) || IsElsewhereWord(word)) || (words.Count > 0 && words[^1] is "in" or "out")) return false; // people_in counts those who came in, people_in_office those who are there
        for (int i = words.Count - 1; i >= 0; i--)
        {
            if (!TryWord(words, i, out quantity)) continue;
            if (isYesOrNo is { } wanted && Quantities.IsBinary(quantity) != wanted) continue;
            if (quantity is Quantity.Temperature && words.Exists(WarmThings.Contains)) return false;
            if (quantity is Quantity.Contact && words.Exists(word => word is "detection" or "detected")) return false; // a thermostat's guess or setting: open_window_detection
            if (quantity is Quantity.Co2 && words.Contains("intensity")) return false; // grammes a kilowatt hour
            // An index from 0 to 5, a gas, a state or a radar's photodiode from 0 to 255 is no lux: light_level, noise_detected, ld2410_light.
            return quantity is not Quantity.Illuminance || words.Contains("lux") || words[i] != "light" || !words.Exists(word => word is "level" or "radar" or "mmwave" or "detected" or "detection" or "state" or "status" || word.StartsWith("ld2", StringComparison.Ordinal));
        }

        return false;
    }

    /// <summary>Lower-case words of a name in any spelling.</summary>
    public static List<string> WordsOf(string name)
    {
        var words = new List<string>();
        name = AccentedNames.Of(name);
        int start = 0;
        for (int i = 0; i <= name.Length; i++)
        {
            bool isEnd = i == name.Length || !char.IsAsciiLetterOrDigit(name[i]);
            bool isHump = !isEnd && i > start && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]);
            if (!isEnd && !isHump) continue;
            if (i > start) words.Add(name[start..i].ToLowerInvariant());
            start = isHump ? i : i + 1;
        }

        return words;
    }

    private static bool TryWord(List<string> words, int i, out Quantity quantity)
    {
        if (i > 0 && (words[i - 1], words[i]) is ("carbon", "dioxide") or ("co", "2"))
        {
            quantity = Quantity.Co2;
            return true;
        }

        if (i > 0 && (words[i - 1], words[i]) is ("person", "count") or ("person" or "people", "counter"))
        {
            quantity = Quantity.People;
            return true;
        }

        if ((words[i] == "level" && i > 0 && words[i - 1] is "sound" or "noise") || (words[i] == "pressure" && i > 0 && words[i - 1] == "sound"))
        {
            quantity = Quantity.Noise;
            return true;
        }

        if (i > 1 && (words[i - 2], words[i - 1], words[i]) is ("dioxyde" or "dioxido", "de", "carbone" or "carbono"))
        {
            quantity = Quantity.Co2;
            return true;
        }

        // temperature1, pir2: several alike on one device.
        return QuantityWords.TryGet(words[i], out quantity) || (words[i] != "co2" && QuantityWords.TryGet(words[i].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), out quantity));
    }
}
