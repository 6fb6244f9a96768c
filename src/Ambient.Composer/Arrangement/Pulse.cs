namespace Ambient.Composer.Arrangement;

/// <summary>The hidden pulse: counts beats at a drifting tempo and draws moments to its grid.</summary>
internal sealed class Pulse
{
    private const int BeatsPerBar = 4;

    private long _frame;
    private double _beat;
    private double _bpm = 60;

    /// <summary>Whole bars since the start.</summary>
    public long Bar => (long)(_beat / BeatsPerBar);

    /// <summary>Tempo now.</summary>
    public double Bpm => _bpm;

    /// <summary>Takes the tempo that holds from a frame on.</summary>
    public void Advance(long frame, double bpm)
    {
        _beat = BeatAt(frame);
        _frame = frame;
        _bpm = bpm;
    }

    /// <summary>Moves a moment towards the nearest half beat.</summary>
    /// <param name="frame">The moment.</param>
    /// <param name="strength">0 leaves it, 1 puts it on the grid.</param>
    public long Draw(long frame, double strength) =>
        (long)Math.Round(double.Lerp(frame, FrameOf(Math.Round(2 * BeatAt(frame)) / 2), strength));

    /// <summary>The first beat at or after a frame.</summary>
    public long NextBeat(long frame) => FrameOf(Math.Ceiling(BeatAt(frame) - 1e-9));

    /// <summary>The first bar line at or after a frame.</summary>
    public long NextBar(long frame) => FrameOf(Math.Ceiling((BeatAt(frame) / BeatsPerBar) - 1e-9) * BeatsPerBar);

    /// <summary>The first half beat clearly after a frame.</summary>
    public long HalfBeatAfter(long frame) => FrameOf((Math.Floor((2 * BeatAt(frame)) + 0.25) + 1) / 2);

    private double BeatAt(long frame) => _beat + ((frame - _frame) * _bpm / 60 / Frames.PerSecond);

    private long FrameOf(double beat) => _frame + Frames.Of((beat - _beat) * 60 / _bpm);
}
