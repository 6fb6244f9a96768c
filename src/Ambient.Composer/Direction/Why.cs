namespace Ambient.Composer.Direction;

/// <summary>Why the music is as it is.</summary>
/// <param name="Text">One sentence for people.</param>
/// <param name="Factors">All pushes that matter, strongest first.</param>
public sealed record Why(string Text, IReadOnlyList<Factor> Factors)
{
    /// <summary>Nothing is known of the room.</summary>
    public static Why Nothing { get; } = new("As the mood has it: nothing is known of the room.", []);
}
