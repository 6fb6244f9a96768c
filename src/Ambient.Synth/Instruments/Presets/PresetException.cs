namespace Ambient.Synth.Instruments.Presets;

/// <summary>A preset that can't be played; the message names file, key, value and what would be right.</summary>
public sealed class PresetException : Exception
{
    /// <summary>Without a message.</summary>
    public PresetException()
    {
    }

    /// <summary>With a message for the owner.</summary>
    public PresetException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the owner and what was behind it.</summary>
    public PresetException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
