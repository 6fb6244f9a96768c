using Ambient.Composer;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.State;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>Sees to it that a level means the same dBA whatever the mood: moods are made equal in LUFS, and those err by some decibels between a bright and a dark one.</summary>
/// <remarks>
/// How many dB(A) a mood is above its LUFS is learnt from what leaves the output while it plays, and kept per mood, so that the music's own
/// rise and fall within a mood is left alone. One thread.
/// </remarks>
internal sealed class LevelControl
{
    /// <summary>Fastest that the trim is asked to move, dB/s.</summary>
    public const double DbPerSecond = 0.2;

    private const double MoodLufs = -26; // at level 100; a stereo sine of full scale has 0
    private const double UsualOffsetDb = -2; // A-weighting takes more from music than K-weighting does
    private const double UsualSeconds = 120; // for how much music the usual offset counts
    private const double MemorySeconds = 1_800;
    private const double SettleSeconds = 60; // after a change of mood or level, while gains glide
    private const double MostTrimDb = 12;

    private readonly LevelConfig _config;
    private readonly OutputStage _stage;
    private readonly OutputLevelTap _tap;
    private readonly NoiseFollower? _noise;
    private readonly Dictionary<string, (double Power, double Seconds)> _learnt = new(StringComparer.Ordinal);
    private (string Mood, int Level) _playing = ("", -1);
    private double _settled;
    private long _capped;
    private double? _trimDb;

    /// <param name="config">Calibration, maximum, whether noise is followed.</param>
    /// <param name="stage">Is trimmed and metered.</param>
    /// <param name="learnt">What was learnt before a restart.</param>
    public LevelControl(LevelConfig config, OutputStage stage, LearntMemento? learnt = null)
    {
        (_config, _stage, _tap) = (config, stage, stage.Level.Tap());
        _noise = config.NoiseFollow is { } follow ? new NoiseFollower(follow) : null;
        foreach ((string mood, LearntOffset offset) in learnt?.Moods ?? new Dictionary<string, LearntOffset>())
        {
            double seconds = Math.Clamp(offset.Seconds, 0, MemorySeconds);
            _learnt[mood] = (seconds * FromDb(Math.Clamp(offset.Db, -MostTrimDb, MostTrimDb)), seconds);
        }
    }

    /// <summary>What was learnt so far, to be kept over a restart.</summary>
    public LearntMemento Learnt => new(_learnt.Where(mood => mood.Value.Seconds > 0)
        .ToDictionary(mood => mood.Key, mood => new LearntOffset(Math.Round(10 * Math.Log10(mood.Value.Power / mood.Value.Seconds), 2), Math.Round(mood.Value.Seconds))));

    /// <summary>Trim asked for, dB.</summary>
    public double TrimDb => _trimDb ?? 0;

    /// <summary>What a mood's A-weighted level was learnt to be above its loudness in LUFS, dB.</summary>
    public double OffsetDb(string mood)
    {
        (double power, double seconds) = _learnt.GetValueOrDefault(mood);
        return 10 * Math.Log10((power + (UsualSeconds * FromDb(UsualOffsetDb))) / (seconds + UsualSeconds));
    }

    /// <summary>Takes the last second into account and moves the trim. Call it about once a second.</summary>
    /// <param name="mood">The mood that sounds, alone; empty while moods change or nothing sounds.</param>
    /// <param name="level">Level asked for, 0..100.</param>
    /// <param name="isByPerson">Whether a person set the level.</param>
    /// <param name="noiseDba">The room's own noise; null where nobody measures.</param>
    /// <param name="seconds">Since the last call.</param>
    public void Advance(string mood, int level, bool isByPerson, double? noiseDba, double seconds)
    {
        if (_config.CalibrationDba is not null && mood.Length > 0) Learn(mood, level, seconds);
        else _settled = 0;
        _noise?.Advance(noiseDba, isByPerson, seconds);
        if (_config.CalibrationDba is null && _noise is null) return;

        double wanted = _noise?.ShiftDb ?? 0;
        if (_config.CalibrationDba is { } fullScale)
        {
            if (mood.Length == 0 && _trimDb is not null) return; // between two moods it stays
            wanted += _config.MaxDba - fullScale - MoodLufs - OffsetDb(mood);
        }

        wanted = Math.Clamp(wanted, -MostTrimDb, MostTrimDb);
        _trimDb = _trimDb is { } now ? Math.Clamp(wanted, now - (DbPerSecond * seconds), now + (DbPerSecond * seconds)) : wanted;
        _stage.Trim(TrimDb);
    }

    private void Learn(string mood, int level, double seconds)
    {
        bool isNew = _tap.TryTake(out double leftDb);
        bool wasCapped = _stage.CappedSegments != _capped;
        _capped = _stage.CappedSegments;
        _settled = _playing == (mood, level) && !_stage.IsMuted ? _settled + seconds : 0;
        _playing = (mood, level);
        if (_settled < SettleSeconds || !isNew || wasCapped || level == 0) return;

        double offsetDb = leftDb - _stage.TrimNowDb - MoodLufs - ((level - 100) * MoodRequest.DbPerLevelStep);
        (double power, double heard) = _learnt.GetValueOrDefault(mood);
        double kept = Math.Exp(-seconds / MemorySeconds);
        _learnt[mood] = ((power * kept) + (seconds * FromDb(offsetDb)), (heard * kept) + seconds);
    }

    private static double FromDb(double db) => Math.Pow(10, db / 10);
}
