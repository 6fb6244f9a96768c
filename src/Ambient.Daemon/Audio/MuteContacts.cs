using Ambient.Sensors;

namespace Ambient.Daemon.Audio;

/// <summary>Silence while any mute contact asks for it, past composer and control: from the device's thread straight to the output.</summary>
/// <remarks>A contact whose device is lost keeps what it said last: a fire alarm that burns its own cable must not bring the music back.</remarks>
internal sealed class MuteContacts(Action<bool> mute)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _asking = new(StringComparer.Ordinal);

    /// <summary>Whether one asks for silence.</summary>
    public bool IsMuted
    {
        get
        {
            lock (_lock) return _asking.Count > 0;
        }
    }

    /// <summary>Takes any reading; those of other quantities are none of its business. Any thread.</summary>
    public void Take(in Reading reading)
    {
        if (reading.Quantity != Quantity.Mute) return;
        lock (_lock)
        {
            if (reading.Value > 0.5) _asking.Add(reading.Sensor);
            else _asking.Remove(reading.Sensor);
            mute(_asking.Count > 0);
        }
    }
}
