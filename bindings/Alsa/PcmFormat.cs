namespace Ambient.Bindings.Alsa;

/// <summary>What one sample looks like, <c>snd_pcm_format_t</c>.</summary>
public enum PcmFormat
{
    /// <summary>SND_PCM_FORMAT_S16_LE: two bytes.</summary>
    S16 = 2,

    /// <summary>SND_PCM_FORMAT_S32_LE: four bytes; cards with 24 bits use the upper ones.</summary>
    S32 = 10,

    /// <summary>SND_PCM_FORMAT_S24_3LE: three bytes, as many USB cards have it.</summary>
    S24Packed = 32,
}
