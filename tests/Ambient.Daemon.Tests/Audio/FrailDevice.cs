using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>A device that takes so many blocks and is then gone; everything offered to it, refused or not, goes into one record.</summary>
internal sealed class FrailDevice(string name, List<short> record, int blocks) : IAudioOutput
{
    private const int NoDevice = -19;
    private int _taken;

    public string Name => name;

    public bool IsPaced => true; // nothing here waits

    public int Bits => 16;

    public long XrunCount => 0;

    /// <summary>Blocks that it took.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31)
    {
        record.AddRange(interleaved); // by the audio thread only; read once that has ended
        if (_taken >= blocks) return NoDevice;
        Volatile.Write(ref _taken, _taken + 1);
        return interleaved.Length / 2;
    }

    public void Dispose()
    {
        // Memory only.
    }
}
