namespace Ambient.Synth;

/// <summary>Tone of a room: what its loudspeakers and walls do to the sound, put right. Everything at 0 dB costs nothing.</summary>
/// <param name="LowDb">Low shelf, half of it at 200 Hz, dB, -9..9.</param>
/// <param name="HighDb">High shelf, half of it at 4 kHz, dB, -9..9.</param>
/// <param name="BellDb">Bell, dB, -9..9: against a resonance of the room, mostly negative.</param>
/// <param name="BellHz">Its centre, Hz, 80..8 000.</param>
/// <param name="BellQ">Its sharpness, centre over width, 1..8.</param>
public sealed record ToneSettings(int LowDb = 0, int HighDb = 0, int BellDb = 0, int BellHz = 400, int BellQ = 1)
{
    /// <summary>Whether nothing would change.</summary>
    public bool IsFlat => (LowDb, HighDb, BellDb) == (0, 0, 0);
}
