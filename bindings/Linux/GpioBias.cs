namespace Ambient.Bindings.Linux;

/// <summary>The pull resistor of an input line.</summary>
public enum GpioBias
{
    /// <summary>As it was set before (device tree, boot loader).</summary>
    AsIs,

    /// <summary>None: the wire is driven both ways.</summary>
    None,

    /// <summary>To the supply: for contacts that close to ground.</summary>
    PullUp,

    /// <summary>To ground.</summary>
    PullDown,
}
