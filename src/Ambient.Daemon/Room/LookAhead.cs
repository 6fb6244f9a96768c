using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>How far ahead of the sound music is handed to the synthesiser.</summary>
internal static class LookAhead
{
    /// <summary>Two beats at 48 bpm, in frames: enough for a slow moment, short enough to answer the room.</summary>
    public const int Frames = 5 * SynthEngine.SampleRateHz / 2;
}
