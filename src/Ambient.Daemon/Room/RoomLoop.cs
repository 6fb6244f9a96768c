using Ambient.Composer;
using Ambient.Daemon.Audio;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;
using Ambient.Sensors;
using Ambient.Sensors.Payloads;
using Ambient.Synth;
using NodaTime;

namespace Ambient.Daemon.Room;

/// <summary>The composer thread: readings and commands in, context, mood, music and reports out, step by step.</summary>
/// <remarks>
/// A step is about a tenth of a second of frames. In real time a step is taken when the frames of the one before it are about to be
/// heard; with <c>--speed</c> the audio thread waits for the step instead, and the clock stands at the step's own frame, so that a run
/// depends on its input alone.
/// </remarks>
internal sealed class RoomLoop : IDisposable
{
    private const int StepsPerReport = 10; // about 1 s
    private static readonly TimeSpan FusedEvery = TimeSpan.FromMilliseconds(950); // about ten steps, whatever a step is rounded to
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly RoomParts _parts;
    private readonly Func<RoomSnapshot, RoomSnapshot> _describe;
    private readonly NoteCounter _score;
    private readonly ScoreLog? _scoreLog;
    private readonly int _stepFrames;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _hasBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RoomSnapshot _snapshot;
    private ContextVector _context = ContextVector.Neutral;
    private (string Mood, int Level) _asked = ("", -1);
    private DateOnly _day;
    private DateTimeOffset _fused;
    private bool _hasNews;

    /// <param name="parts">What the room is made of.</param>
    /// <param name="blockFrames">Frames the audio thread renders at once.</param>
    /// <param name="describe">Adds to a snapshot what only the host knows: diagnostics and faults.</param>
    public RoomLoop(RoomParts parts, int blockFrames, Func<RoomSnapshot, RoomSnapshot> describe)
    {
        _parts = parts;
        _describe = describe;
        _scoreLog = parts.Scores is { } scores ? new ScoreLog(scores, parts.Conductor, parts.Queue) : null;
        _score = new NoteCounter(_scoreLog ?? (IScoreSink)parts.Queue);
        _stepFrames = (SynthEngine.SampleRateHz / 10 + blockFrames - 1) / blockFrames * blockFrames;
        _snapshot = new RoomSnapshot { Zone = parts.Zone, Effective = parts.Control.Effective(parts.Clock.GetUtcNow()) };
        _thread = new Thread(Run) { IsBackground = true, Name = "composer" };
    }

    /// <summary>Every report, about once a second by the room's clock; on the composer thread.</summary>
    public event Action<RoomSnapshot>? Reported;

    /// <summary>An exception that ended the loop; the host must end too, so that systemd starts afresh.</summary>
    public event Action<Exception>? Failed;

    /// <summary>The last report. Any thread.</summary>
    public RoomSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Begins; completes when all that the first frames need is composed.</summary>
    public Task StartAsync()
    {
        _thread.Start();
        return _hasBegun.Task;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Set();
        if (_thread.IsAlive) _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        try
        {
            for (long step = 0; WaitForStep(step); step++)
            {
                Step(step);
                _parts.Horizon?.MoveTo((step + 1) * _stepFrames);
                _hasBegun.TrySetResult();
            }
        }
        catch (Exception problem)
        {
            Failed?.Invoke(problem);
        }
        finally
        {
            _scoreLog?.Look(_parts.Engine.LateEvents, hasTakenAll: false);
            _parts.Horizon?.Release();
            _hasBegun.TrySetResult();
        }
    }

    /// <summary>True when it is time for a step, false when the loop shall end.</summary>
    private bool WaitForStep(long step)
    {
        // One step of slack: while the audio thread renders the frames of one step, the next one is composed.
        long due = (step - 1) * _stepFrames;
        while (!_stop.IsSet && _parts.Engine.FramesRendered < due)
        {
            if (_parts.Horizon is { } horizon) horizon.WaitForBlock();
            else _stop.Wait(Poll);
        }

        return !_stop.IsSet;
    }

    private void Step(long step)
    {
        _scoreLog?.Look(_parts.Engine.LateEvents, _parts.Queue.Count == 0);
        (_parts.Clock as FrameClock)?.MoveTo(step * _stepFrames);
        DateTimeOffset now = Instant.FromDateTimeOffset(_parts.Clock.GetUtcNow()).InZone(_parts.TimeZone).ToDateTimeOffset();
        // The audio thread may be a step and a period further by the time it reads what is decided here.
        long heard = (step + 1) * _stepFrames;
        _parts.Music.HeardFrame = heard;
        BeginDay(DateOnly.FromDateTime(now.DateTime));
        if (step == 0) Fuse(now); // a recording begins with a context
        TakeMessages(now);
        Fuse(now);
        EffectiveState effective = _parts.Control.Effective(now);
        if (_asked != (effective.Mood, effective.Level))
        {
            _parts.Conductor.Request(new MoodRequest(effective.Mood, effective.Level, Priorities.IsUrgent(effective.Priority), Priorities.IsByPerson(effective.Priority)), heard);
            _asked = (effective.Mood, effective.Level);
        }

        _parts.Conductor.Advance(step * _stepFrames + LookAhead.Frames, _context, _score);
        _scoreLog?.Note(step * _stepFrames, _parts.Conductor, _parts.ModelFault());
        if (step % StepsPerReport == 0) Report(now, effective);
    }

    private void BeginDay(DateOnly date)
    {
        if (date == _day) return;
        _day = date;
        _parts.Conductor.BeginDay(date);
    }

    private void TakeMessages(DateTimeOffset now)
    {
        // In real time orders have a desk of their own; with frames as the clock they wait for the step that they belong to.
        while (_parts.Horizon is not null && _parts.Link is { } orders && orders.Orders.TryRead(out MqttMessage order)) _parts.Commands!.TryHandle(order);
        while (_parts.Link is { } link && link.Inbox.TryRead(out MqttMessage message))
        {
            if (!_parts.Commands!.TryHandle(message) && _parts.Discovery?.TryHandle(message) is not true)
                _parts.Intake.Offer(new SensorMessage(message.Topic, message.Payload, message.IsRetained, now));
        }

        if (_parts.PlayedDb() is { } playedDb) _parts.OwnSound.Clean(new Reading(now, "daemon", Quantity.OwnSound, playedDb));
        while (_parts.Devices.TryRead(out Reading measured)) Take(_parts.OwnSound.Clean(measured));
        while (_parts.Intake.Readings.TryRead(out Reading reading)) Take(_parts.OwnSound.Clean(reading));
    }

    /// <summary>Takes a reading, wherever it came from; composer thread.</summary>
    internal void Take(in Reading reading)
    {
        _hasNews |= !_context.IsOccupied && reading.Value > 0.5 && Quantities.IsBinary(reading.Quantity) && !reading.IsRepeat;
        _parts.Fusion.Add(reading);
        _parts.Recorder?.Take(reading);
    }

    /// <summary>Once a second, and at once when somebody is seen in an empty room: what is measured changes no faster, and hundreds of sensors cost.</summary>
    private void Fuse(DateTimeOffset now)
    {
        if (_hasNews || (now - _fused).Duration() >= FusedEvery)
        {
            (_hasNews, _fused) = (false, now);
            _context = _parts.Fusion.Fuse(now);
            _parts.Recorder?.Take(_context);
        }
        else
        {
            _context = _context with { Time = now };
        }
    }

    private void Report(DateTimeOffset now, EffectiveState effective)
    {
        Conductor conductor = _parts.Conductor;
        ScoreStatus score = conductor.Score;
        var snapshot = _describe(new RoomSnapshot
        {
            Time = now,
            Zone = _parts.Zone,
            Effective = effective,
            Mood = conductor.Mood.Sounding,
            MoodTarget = conductor.Mood.Target,
            Context = _context,
            Why = new WhyReport(conductor.Why.Text, [.. conductor.Why.Factors.Select(factor => new WhyFactor(factor.Name, factor.Value, factor.Weight))]),
            Score = new ScoreReport
            {
                Bar = score.Bar,
                TempoBpm = score.TempoBpm,
                Key = score.Key,
                Chord = score.Chord,
                Layers = score.Layers,
                OnsetsPerMinute = score.OnsetsPerMinute,
                Notes = _score.Counts(),
            },
        });
        Volatile.Write(ref _snapshot, snapshot);
        Reported?.Invoke(snapshot);
    }
}
