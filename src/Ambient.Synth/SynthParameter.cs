namespace Ambient.Synth;

/// <summary>What can glide. Values are Q15: 32 768 stands for 1.0.</summary>
public enum SynthParameter : byte
{
    /// <summary>Level of the whole programme before the limiter; 1.0 is 0 dB, 0 is digital silence. Engine-wide.</summary>
    MasterGain,

    /// <summary>Reverb time as RT60 / 10 s: 0.35 is 3.5 s. Engine-wide. Range 0.05..1.</summary>
    ReverbTime,

    /// <summary>Reverb return level; 1.0 is 0 dB. Engine-wide.</summary>
    ReverbWet,

    /// <summary>Level of one instrument, dry and send together; 1.0 is 0 dB. A texture sounds while this is above 0.</summary>
    InstrumentGain,

    /// <summary>Brightness of one instrument: 0 darkest, 0.5 as designed, 1 brightest (about one octave of cutoff each way).</summary>
    Brightness,

    /// <summary>Level of one instrument into the reverb; 1.0 is 0 dB.</summary>
    ReverbSend,

    /// <summary>Time from sound to echo, seconds: 0.75 is 750 ms. Engine-wide. Range 0.02..2.7.</summary>
    DelayTime,

    /// <summary>What an echo leaves to the next one. Engine-wide. Range 0..0.9.</summary>
    DelayFeedback,

    /// <summary>Level of the first echo against what is sent to the reverb; 1.0 is 0 dB, 0 turns the delay off. Engine-wide. Range 0..1.</summary>
    DelayWet,
}
