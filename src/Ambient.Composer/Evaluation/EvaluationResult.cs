namespace Ambient.Composer.Evaluation;

/// <summary>How well a model predicts scores.</summary>
/// <param name="NllMicro">Nats per voice and frame over all frames: total / (4 x frames).</param>
/// <param name="NllMacro">The same per piece, averaged over pieces.</param>
/// <param name="Frames">Frames scored.</param>
/// <param name="Pieces">Pieces scored.</param>
/// <param name="UsPerFrame">Mean time of a frame (trunk and four voices), microseconds.</param>
public sealed record EvaluationResult(double NllMicro, double NllMacro, long Frames, int Pieces, double UsPerFrame);
