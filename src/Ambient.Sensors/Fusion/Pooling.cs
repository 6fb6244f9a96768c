namespace Ambient.Sensors.Fusion;

/// <summary>How several sensors of one kind speak for the room.</summary>
internal enum Pooling
{
    /// <summary>They look at different corners: the one that says yes loudest speaks, and only if all say no it is no.</summary>
    Strongest,

    /// <summary>As <see cref="Strongest"/>, plus their mean: one lit desk is enough in a dark office, and yet one window among lamps is outvoted.</summary>
    StrongestAndMean,
}
