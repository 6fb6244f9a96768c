using Ambient.Bindings.Linux;
using Ambient.Daemon.Configuration;
using Ambient.Sensors.Devices;
using Ambient.Synth.Outputs;
using NodaTime;

namespace Ambient.Daemon.Doctor;

/// <summary>What the machine has to offer: sound card, real-time permission, clock, state folder, sensors' nodes.</summary>
internal static class MachineChecks
{
    private const int FifoPriority = 60; // as the audio thread asks for

    /// <summary>All of them.</summary>
    public static IEnumerable<Finding> Run(AmbientConfig config)
    {
        yield return Output(config);
        yield return RealTime();
        yield return StateFolder(config.ResolveStateDirectory());
        yield return Clock();
        yield return TimeZone(config);
        foreach (DeviceConfig device in config.SensorSetup.Devices) yield return Device(config, device);
    }

    private static Finding Output(AmbientConfig config)
    {
        string name = config.Audio.Output, found = $"output {name}";
        // Opening a WAV file would empty it.
        if (name.StartsWith("wav:", StringComparison.Ordinal))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(name[4..])) ?? "/";
            return WhereWritable(found, folder);
        }

        if (!OutputCatalog.TryOpen(name, new AlsaOptions(config.Audio.PeriodFrames, config.Audio.Periods), out IAudioOutput? output, out string problem))
        {
            return new Finding(found, false, problem,
                $"aplay -L lists the names for Audio.Output; a card in use by another program is busy; the user has to be in group audio: sudo usermod -aG audio {Environment.UserName}");
        }

        using (output)
        {
            return new Finding(found, true, output!.IsPaced ? $"opens for 48 kHz stereo, {output.Bits} bits" : "opens; it has no clock of its own, the daemon paces it");
        }
    }

    private static Finding RealTime()
    {
        bool isAllowed = false;
        var probe = new Thread(() => isAllowed = Scheduling.TryUseFifo(FifoPriority)) { IsBackground = true };
        probe.Start();
        probe.Join();
        return isAllowed
            ? new Finding("real time", true, $"the audio thread may run at SCHED_FIFO {FifoPriority}")
            : new Finding("real time", false, "no permission for SCHED_FIFO: other work may make the sound stutter",
                "under systemd: LimitRTPRIO=70 in the unit; in a shell: '@audio - rtprio 70' in /etc/security/limits.d/audio.conf, log in again");
    }

    // Looking must leave nothing behind, so a folder that the daemon would make is judged by the one above it.
    private static Finding StateFolder(string folder)
    {
        string existing = folder;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing) ?? "/";
        return WhereWritable("state folder", existing);
    }

    private static Finding WhereWritable(string name, string folder)
    {
        string probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "x");
            File.Delete(probe);
            return new Finding(name, true, $"{folder} is writable");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Finding(name, false, problem.Message, MendFolder(folder));
        }
    }

    private static string MendFolder(string folder) => $"sudo install -d -o {Environment.UserName} {folder}, or set StateDirectory; under systemd: StateDirectory=ambient";

    private static Finding Clock()
    {
        string now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).ToString("yyyy-MM-dd HH:mm:ss'Z'", null);
        return KernelClock.IsSynchronised() switch
        {
            true => new Finding("clock", true, $"{now}, synchronised"),
            null => new Finding("clock", true, $"{now}; the kernel does not say whether it is synchronised (a container?)"),
            _ => new Finding("clock", false, $"{now}, not synchronised: a Pi has no battery clock, its schedule may be wrong after a power cut",
                "sudo timedatectl set-ntp true, or install chrony"),
        };
    }

    private static Finding TimeZone(AmbientConfig config)
    {
        if (config.Zone.TimeZone is { } configured) return new Finding("time zone", true, $"{configured} (Zone.TimeZone)");
        try
        {
            DateTimeZone zone = DateTimeZoneProviders.Tzdb.GetSystemDefault();
            return new Finding("time zone", true, $"{zone.Id} (the machine's)");
        }
        catch (NodaTime.TimeZones.DateTimeZoneNotFoundException problem)
        {
            return new Finding("time zone", false, problem.Message, "sudo timedatectl set-timezone Europe/Berlin, or set Zone.TimeZone");
        }
    }

    private static Finding Device(AmbientConfig config, DeviceConfig device)
    {
        string name = $"device {device.Name ?? device.Kind}";
        return device.Kind switch
        {
            "replay" => Node(name, config.Resolve(device.File), "name a recording in File"),
            "microphone" => MicrophoneCheck.Run(name, device),
            "iio" or "hwmon" => KernelDevice(name, device),
            "gpio" => Node(name, device.Device ?? "/dev/gpiochip0", MendNode(device.Device ?? "/dev/gpiochip0")),
            "ld2410" => Node(name, device.Device ?? "/dev/serial0", MendNode(device.Device ?? "/dev/serial0")),
            _ when device.Device is { } path && path.StartsWith('/') => Node(name, path, MendNode(path)),
            _ => new Finding(name, true, "nothing to look for before it runs"),
        };
    }

    private static string MendNode(string path) => path switch
    {
        _ when path.StartsWith("/dev/gpiochip", StringComparison.Ordinal) => $"gpiodetect lists the chips; the user has to be in group gpio: sudo usermod -aG gpio {Environment.UserName}",
        _ when path.StartsWith("/dev/tty", StringComparison.Ordinal) || path.StartsWith("/dev/serial", StringComparison.Ordinal) =>
            $"enable the port (raspi-config, Interface, Serial: no login shell); the user has to be in group dialout: sudo usermod -aG dialout {Environment.UserName}",
        _ => "see docs/sensors for the part's overlay line",
    };

    private static Finding Node(string name, string path, string mend)
    {
        if (!File.Exists(path) && !Directory.Exists(path)) return new Finding(name, false, $"{path} does not exist", mend);
        try
        {
            if (File.Exists(path)) File.OpenHandle(path).Dispose();
            return new Finding(name, true, $"{path} is there and may be read");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Finding(name, false, problem.Message, mend);
        }
    }

    private static Finding KernelDevice(string name, DeviceConfig device)
    {
        string root = IioSensor.RootOf(device);
        string[] devices = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        string found = string.Join(", ", devices.Select(NameOfIio));
        if (device.Device is { } wanted && devices.Length > 0 && !Array.Exists(devices, path => Says(path, "name", wanted) || Says(path, "label", wanted)))
            return new Finding(name, false, $"no {(device.Kind == "iio" ? "IIO" : device.Kind)} device is called '{wanted}'; there are: {found}", "set Device to one of these names, or add the sensor's overlay to /boot/firmware/config.txt, see docs/sensors");
        return devices.Length > 0
            ? new Finding(name, true, found)
            : new Finding(name, false, $"no sensor under {root}", "dtparam=i2c_arm=on and the sensor's overlay in /boot/firmware/config.txt, see docs/sensors; i2cdetect -y 1 shows whether it answers");
    }

    private static bool Says(string device, string file, string wanted)
    {
        string path = Path.Combine(device, file);
        return File.Exists(path) && File.ReadAllText(path).Trim() == wanted;
    }

    private static string NameOfIio(string device)
    {
        string file = Path.Combine(device, "name");
        return File.Exists(file) ? $"{Path.GetFileName(device)} {File.ReadAllText(file).Trim()}" : Path.GetFileName(device);
    }
}
