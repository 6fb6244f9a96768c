namespace Ambient.Synth.Benchmarks;

/// <summary>Renders a block of frames of some voices.</summary>
internal delegate void RenderBlock(Span<int> left, Span<int> right);

/// <summary>Some voices that sound.</summary>
/// <param name="Voices">How many.</param>
/// <param name="Render">Adds the next frames.</param>
internal sealed record Playing(int Voices, RenderBlock Render);
