using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>Who has the word. While one voice says something, the other melodic voices listen: what is said stays together, and is recognised when it comes again.</summary>
internal sealed class Conversation
{
    private LayerRole _speaker;

    /// <summary>From this frame on anyone may begin.</summary>
    public long FreeFrom { get; private set; }

    /// <summary>Whether a layer may sound a note.</summary>
    public bool MayPlay(LayerRole role, long frame) => frame >= FreeFrom || role == _speaker;

    /// <summary>Takes or keeps the word.</summary>
    /// <param name="role">Who speaks.</param>
    /// <param name="until">Frame after which the others may begin.</param>
    public void Hold(LayerRole role, long until) => (_speaker, FreeFrom) = (role, until);

    /// <summary>What was to be said at or after a frame will not be: anyone may begin.</summary>
    public void Revoke(long frame) => FreeFrom = Math.Min(FreeFrom, frame);
}
