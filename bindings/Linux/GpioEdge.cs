namespace Ambient.Bindings.Linux;

/// <summary>A change of level.</summary>
/// <param name="IsRising">To 1 (true) or to 0.</param>
/// <param name="Time">When, by the kernel's CLOCK_MONOTONIC, taken in the interrupt.</param>
public readonly record struct GpioEdge(bool IsRising, TimeSpan Time);
