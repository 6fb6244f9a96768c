namespace Ambient.Sensors.Payloads;

/// <summary>What owners and makers call a quantity, in English and as Home Assistant and owners say it in other languages; lower case, in ASCII (<see cref="AccentedNames"/>).</summary>
/// <remarks>Source for other languages: home-assistant.io, translations of the device classes, which become entity names.</remarks>
internal static class QuantityWords
{
    private static readonly Dictionary<string, Quantity> Known = new(StringComparer.Ordinal);

    static QuantityWords()
    {
        Add(Quantity.Occupancy, "occupancy occupied belegung bezetting occupation ocupacion occupazione ocupacao");
        Add(Quantity.Presence, "presence mmwave radar anwesenheit praesenz prasenz aanwezigheid presencia presenza presenca narvaro obecnosc lasnaolo");
        Add(Quantity.Motion, "motion movement pir bewegung bewegungsmelder beweging mouvement movimiento movimento rorelse bevegelse ruch liike");
        Add(Quantity.Contact, "contact door window opening magnet reed fenster tuer tur ture oeffnung offnung raam deur fenetre porte ouverture ventana puerta apertura finestra porta janela fonster dorr okno drzwi ovi ikkuna");
        Add(Quantity.Illuminance, "illuminance illumination luminosity lux light helligkeit beleuchtungsstaerke beleuchtungsstarke verlichtingssterkte lichtsterkte luminosite eclairement luminosidad iluminancia iluminacion iluminacao luminosita illuminamento illuminanza luminosidade valaistusvoimakkuus");
        Add(Quantity.Noise, "noise dba laeq spl");
        Add(Quantity.Co2, "co2 kohlendioxid koolstofdioxide hiilidioksidi");
        Add(Quantity.Temperature, "temperature temp tempc tempf temperatur raumtemperatur zimmertemperatur innentemperatur temperatuur temperatura lampotila");
        Add(Quantity.Humidity, "humidity hum rh luftfeuchtigkeit luftfeuchte feuchtigkeit raumfeuchte luchtvochtigheid humidite humedad umidita umidade humidade luftfuktighet luftfugtighed wilgotnosc kosteus ilmankosteus");
        Add(Quantity.People, "people persons occupants");
    }

    /// <summary>What a word names.</summary>
    public static bool TryGet(string word, out Quantity quantity) => Known.TryGetValue(word, out quantity);

    private static void Add(Quantity quantity, string words)
    {
        foreach (string word in words.Split(' ')) Known[word] = quantity;
    }
}
