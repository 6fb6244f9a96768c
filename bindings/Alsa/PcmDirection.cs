namespace Ambient.Bindings.Alsa;

/// <summary>Direction, <c>snd_pcm_stream_t</c>.</summary>
public enum PcmDirection
{
    /// <summary>To the speakers.</summary>
    Playback,

    /// <summary>From the microphone.</summary>
    Capture,
}
