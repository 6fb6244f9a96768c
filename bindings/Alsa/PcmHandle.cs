using Microsoft.Win32.SafeHandles;

namespace Ambient.Bindings.Alsa;

/// <summary>An open PCM, <c>snd_pcm_t *</c>. Closing throws away what has not been played; drain first to keep it.</summary>
public sealed class PcmHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Made by the marshaller.</summary>
    public PcmHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => Asound.snd_pcm_close(handle) == 0;
}
