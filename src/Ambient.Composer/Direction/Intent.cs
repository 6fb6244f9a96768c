namespace Ambient.Composer.Direction;

/// <summary>What the music should be now: mood and room in one, already smoothed. A value.</summary>
/// <param name="OnsetsPerMinute">Salient notes a minute.</param>
/// <param name="DwellSeconds">Median life of a pad chord.</param>
/// <param name="TempoBpm">Hidden pulse.</param>
/// <param name="LoudnessDb">Against the mood's level.</param>
/// <param name="BrightnessOctaves">Timbre, octaves of cutoff.</param>
/// <param name="SpeakPresence">How much of the time that the mood gives it the speaking layer uses, 0..1.</param>
/// <param name="TexturePresence">Noise texture, 0 silent to 1 as loud as the mood has it.</param>
/// <param name="BedVoices">How many pad voices sound, 2..4.</param>
/// <param name="Rt60Seconds">Reverb time.</param>
/// <param name="ReverbWet">Reverb level, 1 = 0 dB.</param>
/// <param name="Delay">Echoes in time with the pulse.</param>
public readonly record struct Intent(
    double OnsetsPerMinute,
    double DwellSeconds,
    double TempoBpm,
    double LoudnessDb,
    double BrightnessOctaves,
    double SpeakPresence,
    double TexturePresence,
    double BedVoices,
    double Rt60Seconds,
    double ReverbWet,
    IntentDelay Delay)
{
    /// <summary>Between two intents: rates in equal ratios, the rest in equal steps.</summary>
    /// <param name="from">At 0.</param>
    /// <param name="to">At 1.</param>
    /// <param name="amount">0..1.</param>
    public static Intent Mix(in Intent from, in Intent to, double amount) => new(
        Ratio(from.OnsetsPerMinute, to.OnsetsPerMinute, amount),
        Ratio(from.DwellSeconds, to.DwellSeconds, amount),
        Ratio(from.TempoBpm, to.TempoBpm, amount),
        double.Lerp(from.LoudnessDb, to.LoudnessDb, amount),
        double.Lerp(from.BrightnessOctaves, to.BrightnessOctaves, amount),
        double.Lerp(from.SpeakPresence, to.SpeakPresence, amount),
        double.Lerp(from.TexturePresence, to.TexturePresence, amount),
        double.Lerp(from.BedVoices, to.BedVoices, amount),
        Ratio(from.Rt60Seconds, to.Rt60Seconds, amount),
        double.Lerp(from.ReverbWet, to.ReverbWet, amount),
        IntentDelay.Mix(from.Delay, to.Delay, amount));

    private static double Ratio(double from, double to, double amount) => from * Math.Pow(to / from, amount);
}
