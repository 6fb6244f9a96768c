namespace Ambient.Bindings.Alsa;

/// <summary>What a device is asked for, and afterwards what it agreed to. Samples are interleaved.</summary>
/// <param name="RateHz">Frames per second.</param>
/// <param name="Channels">Samples per frame.</param>
/// <param name="PeriodFrames">Frames per interrupt.</param>
/// <param name="BufferFrames">Frames the device holds.</param>
/// <param name="Format">What a sample looks like.</param>
public readonly record struct PcmShape(int RateHz, int Channels, int PeriodFrames, int BufferFrames, PcmFormat Format = PcmFormat.S16);
