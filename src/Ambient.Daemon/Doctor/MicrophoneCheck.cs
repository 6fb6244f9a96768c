using Ambient.Sensors;
using Ambient.Sensors.Devices;

namespace Ambient.Daemon.Doctor;

/// <summary>Listens to a microphone for a moment: does it open, is it alive, and do its levels make sense? Levels only, as everywhere.</summary>
internal static class MicrophoneCheck
{
    private const int Seconds = 3;
    private const double DeadDb = 20; // below any part's own noise: the samples are all zero, or nearly
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The finding.</summary>
    /// <param name="name">Name of the check.</param>
    /// <param name="config">The microphone's configuration, which has been validated.</param>
    public static Finding Run(string name, DeviceConfig config)
    {
        var readings = new List<Reading>();
        try
        {
            // On a thread of the pool: nothing here waits for anything else of ours.
            Task.Run(() => ListenAsync(config, readings)).GetAwaiter().GetResult();
        }
        catch (IOException problem)
        {
            return new Finding(name, false, problem.Message, "arecord -L lists the names; an I2S microphone needs its overlay (docs/sensors/microphone.md), a USB one its plug; one that another program holds is busy, and while the daemon runs it holds it");
        }

        return Judge(name, config, readings);
    }

    /// <summary>What a few seconds of levels say.</summary>
    public static Finding Judge(string name, DeviceConfig config, IReadOnlyList<Reading> readings)
    {
        string device = config.Device ?? "default";
        string sensor = config.Name ?? config.Kind;
        double[] levels = [.. readings.Where(reading => reading.Quantity == Quantity.Noise).Select(reading => reading.Value)];
        double[] flat = [.. readings.Where(reading => reading.Sensor == $"{sensor}/LCeq").Select(reading => reading.Value)];
        double range = readings.LastOrDefault(reading => reading.Quantity == Quantity.OutOfRange).Value;
        if (levels.Length == 0) return new Finding(name, false, $"{device} opens and gives no sample within {Patience.TotalSeconds:0} s", "another program may hold the card; an I2S microphone needs SCK and WS wired");
        string heard = FormattableString.Invariant($"{device} listens: {levels[^1]:0.0} dBA now");
        if (flat.Length > 0 && flat.Max() < DeadDb)
            return new Finding(name, false, $"{device} opens, but every sample is as good as zero", "SD not wired, the other channel (\"Channel\": 1, or the part's L/R pin), or muted: alsamixer, F4");
        if (range > 0)
            return new Finding(name, false, $"{heard}, driven to its end", "turn the capture gain down (alsamixer, F4) and set FullScaleDb anew");
        return new Finding(name, true, range < 0
            ? FormattableString.Invariant($"{heard}: at its own noise (SelfNoiseDba {config.SelfNoiseDba:0.#}), so the room is quieter than it can tell, or FullScaleDb is too low")
            : FormattableString.Invariant($"{heard}, {levels[^1] - config.SelfNoiseDba:0} dB above its own noise; clap: it should jump"));
    }

    private static async Task ListenAsync(DeviceConfig config, List<Reading> readings)
    {
        using var patience = new CancellationTokenSource(Patience);
        int seconds = 0;
        try
        {
            await foreach (Reading reading in MicrophoneSensor.Create(config, TimeProvider.System).ReadAsync(patience.Token).ConfigureAwait(false))
            {
                if (reading.Quantity == Quantity.Noise && ++seconds > Seconds) return;
                readings.Add(reading);
            }
        }
        catch (OperationCanceledException)
        {
            // What came until then is judged.
        }
    }
}
