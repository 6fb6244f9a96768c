using System.Security.Cryptography;
using System.Threading.Channels;
using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Audio;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;
using Ambient.Synth;
using NodaTime;

namespace Ambient.Daemon.Tests.Room;

/// <summary>The daemon's composer thread, network and synthesiser by a clock that frames drive, heard as the bus rounds to 16 bits. After 20 s a person asks for another mood, after 40 s for a chime.</summary>
internal sealed class PlayedRoom : IDisposable
{
    public const uint Seed = 7;

    public static readonly ToneSettings Tone = new(LowDb: -3, BellDb: 4);

    private readonly ModelHost _model = ModelHost.Open(Installation.Models);
    private readonly PlanHorizon _horizon = new();
    private readonly SynthEngine _engine;
    private readonly RoomLoop _loop;
    private readonly MemoryStream _heard = new();
    private readonly short[] _block = new short[2 * SynthEngine.MaxBlockFrames];
    private int _reports;

    public PlayedRoom(ScoreRecorder scores)
    {
        MoodLibrary moods = Installation.LoadMoods(null);
        var queue = new ScoreQueue();
        _engine = new SynthEngine(queue, Seed) { Tone = Tone };
        var conductor = new Conductor(moods, _model, Seed);
        var music = new MusicCommands(conductor);
        var control = new ControlPlane(new ZoneConfig { TimeZone = "Etc/UTC" }, moods.Moods.ToDictionary(mood => mood.Name, mood => (int)Math.Round(mood.OwnLevel)), schedule: null);
        var parts = new RoomParts(
            "room", new FrameClock(Some.Noon, SynthEngine.SampleRateHz), DateTimeZone.Utc, control, new MessageIntake([], _ => { }), Channel.CreateUnbounded<Reading>().Reader, new OwnSoundRemoval(), () => null,
            new ContextFusion(), conductor, music, queue, _engine, null, null, null, _horizon, null, scores, () => _model.Fault);
        _loop = new RoomLoop(parts, SynthEngine.MaxBlockFrames, room => room);
        _loop.Failed += problem => Failure = problem;
        _loop.Reported += room =>
        {
            if (++_reports == 20) Assert.Null(control.Handle("mood/set", "social", false, room.Time, "somebody").Problem);
            if (_reports == 40) Assert.True(music.TryHandle("event", """{"event":"chime"}""", false, out _));
        };
    }

    public Exception? Failure { get; private set; }

    public long Frames => _engine.FramesRendered;

    /// <summary>Plays on up to so many seconds since the start.</summary>
    public async Task PlayUntil(int seconds)
    {
        if (Frames == 0) await _loop.StartAsync();
        long until = (long)seconds * SynthEngine.SampleRateHz;
        while (Frames < until)
        {
            Span<short> block = _block.AsSpan(0, 2 * (int)Math.Min(SynthEngine.MaxBlockFrames, until - Frames));
            _horizon.WaitUntil(Frames + (block.Length / 2));
            _engine.Render(block);
            _heard.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(block));
        }
    }

    /// <summary>Ends the composer thread.</summary>
    public void Dispose()
    {
        _loop.Dispose();
        _horizon.Dispose();
        _model.Dispose();
    }

    /// <summary>SHA-256 of the first seconds that were heard.</summary>
    public string Sha256(int seconds) => Convert.ToHexStringLower(SHA256.HashData(_heard.GetBuffer().AsSpan(0, seconds * 4 * SynthEngine.SampleRateHz)));

    /// <summary>SHA-256 of the first seconds as a log tells them.</summary>
    public static string Sha256(ScoreLogReader score, int seconds)
    {
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, score.Engine.Seed) { Tone = score.Engine.Tone };
        using var sound = new OfflineSound(engine, new WavFile(null, 16), seconds);
        do score.MoveTo(engine.FramesRendered + LookAhead.Frames, queue);
        while (!sound.Next().IsEmpty);
        return sound.Sha256;
    }
}
