using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Audio;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.HomeAssistant;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Schedules;
using Ambient.Daemon.State;
using Ambient.Daemon.Systemd;
using Ambient.Daemon.Web;
using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Devices;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;
using Ambient.Synth;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;
using NodaTime;

namespace Ambient.Daemon.Room;

/// <summary>Puts a room together from its configuration, plays it, and takes it apart again within a second.</summary>
internal sealed partial class RoomHost : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Housekeeping = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TimeKeeping = TimeSpan.FromHours(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(900);

    private readonly AmbientConfig _config;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<RoomHost> _log;
    private readonly ModelHost _model;
    private readonly StateFolder? _state;
    private readonly string? _stateFault;
    private readonly ControlPlane _control;
    private readonly MqttLink? _link;
    private readonly StatePublisher? _publisher;
    private readonly OrderDesk? _orders;
    private readonly RoomFeed _feed = new();
    private readonly WebConsole? _web;
    private readonly PlanHorizon? _horizon;
    private readonly SynthEngine _engine;
    private readonly Conductor _conductor;
    private readonly ContextFusion _fusion;
    private readonly DeviceRunner _devices;
    private readonly OutputStage _stage;
    private readonly OutputLevelTap _playedDb;
    private readonly OutputLevelTap _reportedDb;
    private readonly LevelKeeper _levels;
    private readonly LevelControl? _levelControl;
    private readonly MuteContacts _mute;
    private readonly RoomRecorder? _recorder;
    private readonly string? _recorderFault;
    private readonly ScoreRecorder? _scores;
    private readonly AudioThread _audio;
    private readonly OutputKeeper _output;
    private readonly RoomLoop _loop;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _started;
    private readonly ResourceUse _use = new(TimeProvider.System);
    private readonly SystemdNotifier _systemd = SystemdNotifier.FromEnvironment();
    private ITimer? _housekeeping;
    private Watchdog? _watchdog;
    private DateTimeOffset _timeKept;
    private bool _isReady;

    /// <summary>Reads what the configuration names and wires it; nothing plays yet.</summary>
    /// <exception cref="Cli.CliException">A mood or schedule file is wrong or missing.</exception>
    public RoomHost(AmbientConfig config, RunOptions options, IHostApplicationLifetime lifetime, ILoggerFactory logs)
    {
        (_config, _lifetime, _log) = (config, lifetime, logs.CreateLogger<RoomHost>());
        bool isVirtual = options.Speed is not null;
        // A virtual run depends on its input alone, so it only remembers where it is told to.
        _state = isVirtual && config.StateDirectory is null ? null : StateFolder.TryOpen(config.ResolveStateDirectory(), TimeProvider.System, out _stateFault);
        _clock = isVirtual
            ? new FrameClock(options.Start ?? TimeProvider.System.GetUtcNow(), SynthEngine.SampleRateHz)
            : new SiteClock(TimeProvider.System, _state?.Recall()?.SavedAt, SiteClock.IsSystemSynchronised);
        _started = _clock.GetUtcNow();
        _horizon = isVirtual ? new PlanHorizon() : null;

        MoodLibrary moods = Installation.LoadMoods(config.Composer.MoodDirectory is { } directory ? config.Resolve(directory) : null);
        Schedule? schedule = config.Schedule.File is { } file ? ScheduleFile.Load(config.Resolve(file)) : null;
        IReadOnlyDictionary<string, CalendarDates>? calendars = config.Schedule.CalendarsFile is { } dates ? ScheduleFile.LoadCalendars(config.Resolve(dates)) : null;
        _control = new ControlPlane(config.Zone, moods.Moods.ToDictionary(mood => mood.Name, mood => (int)Math.Round(mood.OwnLevel)), schedule, _state, calendars);
        if (_clock is SiteClock site) site.Corrected += (since, step) => _control.ClockStepped(since, step, site.GetUtcNow());
        DateTimeZone zone = _control.TimeZone;

        ulong seed = config.Composer.Seed is { } chosen ? (ulong)chosen : RoomSeed.Of(config.Zone.Id);
        // Slowness is a matter of the machine, so the model is timed by the system's clock, whatever drives the room's.
        _model = ModelHost.Open(config.Composer.ModelDirectory is { } models ? config.Resolve(models) : Installation.Models, TimeProvider.System);
        var queue = new ScoreQueue();
        string place = config.Composer.Place ?? (config.Zone.Groups.Count > 0 ? config.Zone.Groups[0] : config.Zone.Id);
        _conductor = new Conductor(moods, _model, seed, RoomSeed.OfPlace(place));
        var music = new MusicCommands(_conductor);
        _engine = new SynthEngine(queue, unchecked((uint)seed)) { Tone = config.Zone.Tone.ToSettings() };
        var ring = new ListenerRing();
        _stage = LevelKeeper.StageOf(config.Level);
        (_playedDb, _reportedDb) = (_stage.Level.Tap(), _stage.Level.Tap());
        _audio = new AudioThread(_engine, _stage, new NullOutput(TimeProvider.System, paced: false), ring, TimeProvider.System, config.Audio.PeriodFrames, options.Speed ?? 1, _horizon);
        _output = new OutputKeeper(_audio, OutputKeeper.Opener(config.Audio.Output, new AlsaOptions(config.Audio.PeriodFrames, config.Audio.Periods)), TimeProvider.System, logs.CreateLogger<OutputKeeper>());

        var intake = new MessageIntake(config.SensorSetup.Sources, warning => LogPayload(warning.Topic, warning.Problem, warning.Suppressed));
        _devices = new DeviceRunner([.. config.SensorSetup.Devices.Select(device => DeviceCatalog.Create(device, _clock))], _clock, logs.CreateLogger<DeviceRunner>());
        _mute = new MuteContacts(_stage.Mute);
        _devices.Measured += reading => _mute.Take(reading);
        _levels = new LevelKeeper(config.Level, _stage);
        _levels.Tick(InRoom());
        LearntMemento? learnt = isVirtual ? null : _state?.RecallLearnt(); // a run with --speed depends on its input alone
        _fusion = new ContextFusion(config.SensorSetup.Room, options.Calibration, learnt?.Sensors);
        if (!isVirtual) _levelControl = new LevelControl(config.Level, _stage, learnt);
        MqttCommands? commands = null;
        Discovery? discovery = null;
        if (config.Mqtt.Enabled)
        {
            var topics = new MqttTopics(config.Mqtt.Base, config.Zone.Id, config.Zone.Groups);
            _link = new MqttLink(config.Mqtt, topics, TimeProvider.System, logs.CreateLogger<MqttLink>());
            foreach (string filter in config.SensorSetup.TopicFilters()) _link.Subscribe(filter);
            _link.Subscribe(topics.CalendarFilter);
            var plans = new MqttPlans(topics, _control, _clock, _link);
            commands = new MqttCommands(topics, _control, _clock, logs.CreateLogger<MqttCommands>(), music, plans, new ContextInputs(reading => _loop!.Take(reading)));
            _publisher = new StatePublisher(topics, _link, () => _control.Effective(_clock.GetUtcNow()));
            if (!isVirtual) _orders = new OrderDesk(_link.Orders, commands, Fail);
            if (config.Mqtt.DiscoveryPrefix is { Length: > 0 } prefix)
            {
                discovery = new Discovery(prefix, config.Zone.Id, DiscoveryPayload.Of(topics, _control.Moods, Installation.Version, config.Web.PublicUrl), _link);
                discovery.Born += _publisher.Repeat;
                _link.Subscribe(discovery.Filter);
                discovery.Announce(prefix, config.ResolveStateDirectory());
            }
        }

        if (config.Web.Enabled) _web = new WebConsole(config.Web, _control, _feed, new RingListeners(ring), _clock, logs.CreateLogger<WebConsole>());
        _control.Changed += () => _publisher?.PublishEffective();
        _recorder = RoomRecorder.Open(config, out _recorderFault);
        _scores = ScoreRecorder.Open(config, unchecked((uint)seed), _started, _log);
        var parts = new RoomParts(config.Zone.Id, _clock, zone, _control, intake, _devices.Readings, new OwnSoundRemoval(), PlayedDb, _fusion, _conductor, music, queue, _engine, _link, commands, discovery, _horizon, _recorder, _scores, () => _model.Fault);
        _loop = new RoomLoop(parts, config.Audio.PeriodFrames, Describe);
        _loop.Reported += Report;
        _loop.Failed += Fail;
    }

    /// <summary>Where the console is, once started; null without one.</summary>
    public string? ConsoleAddress { get; private set; }

    /// <summary>The room's state, as published.</summary>
    public RoomFeed Feed => _feed;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_model.Fault is { } fault) LogModel(fault);
        foreach (string state in (_state?.Faults ?? []).Append(_stateFault).Append(_recorderFault).OfType<string>()) LogModel(state);
        foreach (string mood in _control.UnknownScheduleMoods) LogUnknownMood(mood, string.Join(", ", _control.Moods));
        _orders?.Start();
        _link?.Start();
        _devices.Start();
        if (_web is not null) ConsoleAddress = await _web.StartAsync();
        if (ConsoleAddress is not null) LogConsole(ConsoleAddress);
        // With frames as the clock not one may be lost on the null output, so the device comes first.
        if (_horizon is not null) await _output.OpenAsync();
        await _loop.StartAsync();
        _audio.Start();
        _housekeeping = TimeProvider.System.CreateTimer(_ => KeepHouse(), null, Housekeeping, Housekeeping);
        _watchdog = new Watchdog(_systemd, () => _audio.FramesAccepted, TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _systemd.Stopping();
        _watchdog?.Dispose();
        if (_housekeeping is not null) await _housekeeping.DisposeAsync();
        ValueTask goodbye = _link?.DisposeAsync() ?? ValueTask.CompletedTask;
        int fadeFrames = SynthEngine.SampleRateHz / 1_000 * _config.Audio.FadeMs;
        bool hasEnded = await Task.Run(() => _audio.Stop(fadeFrames, Farewell), CancellationToken.None);
        if (!hasEnded) LogStuck(_audio.Output.Name);
        _audio.Dispose();
        await goodbye;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_orders is not null) await _orders.DisposeAsync();
        _loop.Dispose();
        await _devices.DisposeAsync();
        if (_recorder is not null) await _recorder.DisposeAsync();
        if (_scores is not null) await _scores.EndAsync(_engine.FramesRendered);
        if (_web is not null) await _web.DisposeAsync();
        _model.Dispose();
        KeepLearnt();
        _state?.Dispose();
        _horizon?.Dispose();
        _systemd.Dispose();
    }

    private void Fail(Exception problem)
    {
        LogFailed(problem);
        Environment.ExitCode = Cli.ExitCodes.Failed;
        _lifetime.StopApplication();
    }

    private void KeepHouse()
    {
        _output.Tick();
        _levels.Tick(InRoom());
        if (_isReady || _audio.FramesAccepted == 0) return;
        _isReady = true;
        _systemd.Ready();
    }

    private DateTimeOffset InRoom() => Instant.FromDateTimeOffset(_clock.GetUtcNow()).InZone(_control.TimeZone).ToDateTimeOffset();

    // Where only the null output plays, nobody hears it, no microphone either.
    private double? PlayedDb() => !_playedDb.TryTake(out double levelDb) ? null : _audio.Output.Name == "null" ? OutputLevel.SilentDb : levelDb;

    private RoomSnapshot Describe(RoomSnapshot room) => room with
    {
        Diag = new DiagReport
        {
            Xruns = _output.Xruns,
            Frames = _audio.FramesAccepted,
            QueueMs = 1_000.0 * LookAhead.Frames / SynthEngine.SampleRateHz,
            CpuPercent = _use.CpuPercent(),
            RssMb = ResourceUse.RssMb,
            LateEvents = _engine.LateEvents,
            ModelUsP99 = Math.Round(_model.StepP99.TotalMicroseconds, 1),
            ModelNoteShare = _conductor.ModelNoteShare,
            UptimeS = Math.Round((_clock.GetUtcNow() - _started).TotalSeconds, 1),
            OutputDb = _reportedDb.TryTake(out double outputDb) ? Math.Round(outputDb, 1) : OutputLevel.SilentDb,
            Output = _audio.Output.Name,
            OutputBits = _audio.Output.Bits,
            LateMs = Math.Round(_audio.TakeWorstLate().TotalMilliseconds, 1),
            MqttReceived = _link?.ReceivedCount ?? 0,
            MqttDropped = _link?.DroppedCount ?? 0,
        },
        Faults = [.. Faults()],
    };

    private IEnumerable<string> Faults()
    {
        if (_output.Fault is { } output) yield return output;
        if (_mute.IsMuted) yield return "Silent: a mute contact (fire alarm) asks for it";
        if (_model.Fault is { } model) yield return model;
        if (_link?.Fault is { } link) yield return link;
        foreach (string mood in _control.UnknownScheduleMoods) yield return $"The schedule names mood '{mood}', which does not exist";
        foreach (string calendar in _control.MissingCalendars) yield return $"The schedule names calendar '{calendar}', which nobody has sent";
        if (_stateFault is not null) yield return _stateFault;
        if ((_recorderFault ?? _recorder?.Fault) is { } recording) yield return recording;
        if (_scores?.Fault is { } scores) yield return scores;
        foreach (string state in _state?.Faults ?? []) yield return state;
        foreach (SensorFault sensor in _fusion.Faults) yield return sensor.Text; // on the composer thread, as fusion is
        if (_clock is SiteClock { IsAssumed: true }) yield return "The clock is not set yet; time goes on from what the state folder remembers";
    }

    private void KeepLearnt()
    {
        if (_levelControl?.Learnt is not { } levels || _fusion.Learnt is not { } sensors) return;
        if (levels.Moods.Count + sensors.Count > 0) _state?.KeepLearnt(levels with { Sensors = sensors }); // on the composer thread, as fusion is
    }

    private void Report(RoomSnapshot room)
    {
        _feed.Publish(room);
        _publisher?.Publish(room);
        _levelControl?.Advance(room.MoodTarget is null ? room.Mood : "", room.Effective.Level, room.Effective.IsLevelByPerson, room.Context.NoiseDba, seconds: 1);
        if ((room.Time - _timeKept).Duration() >= TimeKeeping)
        {
            _control.KeepTime(room.Time);
            KeepLearnt();
            _timeKept = room.Time;
        }

        _systemd.Status($"{room.Mood}, level {room.Effective.Level}, through {room.Diag.Output}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Topic}: {Problem} ({Suppressed} more since the last warning); nothing changed")]
    private partial void LogPayload(string topic, string problem, int suppressed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Fault}")]
    private partial void LogModel(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule names mood '{Mood}', which does not exist; the default plays instead. There are: {Moods}")]
    private partial void LogUnknownMood(string mood, string moods);

    [LoggerMessage(Level = LogLevel.Information, Message = "Console on {Address}")]
    private partial void LogConsole(string address);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The composer or the order desk stopped; ending, so that the supervisor starts afresh")]
    private partial void LogFailed(Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Output} did not take the last frames in time")]
    private partial void LogStuck(string output);
}
