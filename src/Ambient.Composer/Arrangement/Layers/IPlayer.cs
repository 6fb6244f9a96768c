namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A layer with a clock of its own.</summary>
internal interface IPlayer
{
    /// <summary>When it next wants to do something, 48 kHz frames.</summary>
    long NextFrame { get; }

    /// <summary>Does it, and moves <see cref="NextFrame"/> on.</summary>
    void Play(Stage stage);
}
