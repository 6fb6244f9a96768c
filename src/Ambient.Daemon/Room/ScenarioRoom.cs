using System.Text;
using Ambient.Composer;
using Ambient.Composer.Moods;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>A room of an offline render to which things happen as a scenario says: commands, sensors, inputs, or its context itself.</summary>
/// <remarks>The same parts as in the daemon take the messages; the id in a topic is not looked at, everything is meant for this room.</remarks>
internal sealed class ScenarioRoom
{
    private readonly Queue<ScenarioLine> _lines;
    private readonly Conductor _conductor;
    private readonly DateTimeOffset _start;
    private readonly int _addedLevel;
    private readonly ControlPlane _control;
    private readonly MusicCommands _music;
    private readonly MessageIntake _intake;
    private readonly ContextFusion _fusion = new();
    private readonly ContextInputs _inputs;
    private readonly HandSetContext _byHand = new();
    private (string Mood, int Level)? _asked;

    /// <summary>A room before its first line.</summary>
    /// <param name="lines">What happens.</param>
    /// <param name="moods">The moods there are.</param>
    /// <param name="mood">Holds while nobody asks for another.</param>
    /// <param name="start">Time at frame 0.</param>
    /// <param name="conductor">Who is asked.</param>
    /// <param name="addedLevel">Added to every level that is not silence: a file is louder than a room.</param>
    public ScenarioRoom(IReadOnlyList<ScenarioLine> lines, MoodLibrary moods, string mood, DateTimeOffset start, Conductor conductor, int addedLevel)
    {
        (_lines, _start, _conductor, _addedLevel) = (new(lines), start, conductor, addedLevel);
        _control = new ControlPlane(new ZoneConfig { DefaultMood = mood, TimeZone = "Etc/UTC" }, moods.Moods.ToDictionary(m => m.Name, m => (int)Math.Round(m.OwnLevel)), schedule: null);
        _music = new MusicCommands(conductor);
        _inputs = new ContextInputs(reading => _fusion.Add(reading));
        _intake = new MessageIntake(new SensorsConfig().Sources, warning => Console.Error.WriteLine($"{warning.Topic}: {warning.Problem}"));
    }

    /// <summary>Lets happen what is due, asks the conductor for what then holds, and returns the room; frames never go back.</summary>
    /// <param name="frame">First frame that has not been rendered.</param>
    public ContextVector At(long frame)
    {
        DateTimeOffset now = _start.AddSeconds((double)frame / SynthEngine.SampleRateHz);
        _music.HeardFrame = frame;
        while (_lines.TryPeek(out ScenarioLine? line) && _start + line.At <= now) Happen(_lines.Dequeue(), now);
        while (_intake.Readings.TryRead(out Reading reading)) _fusion.Add(reading);
        EffectiveState effective = _control.Effective(now);
        if (_asked != (effective.Mood, effective.Level))
        {
            double level = effective.Level == 0 ? 0 : effective.Level + _addedLevel;
            _conductor.Request(new MoodRequest(effective.Mood, level, Priorities.IsUrgent(effective.Priority), Priorities.IsByPerson(effective.Priority)), frame);
            _asked = (effective.Mood, effective.Level);
        }

        return _byHand.Over(_fusion.Fuse(now));
    }

    private void Happen(ScenarioLine line, DateTimeOffset now)
    {
        _byHand.Set(line.Set);
        if (line.Topic is not { } topic) return;
        string? problem = null;
        string[] levels = topic.Split('/', 3);
        string command = levels.Length == 3 && levels[0] == "ambient" ? levels[2] : "";
        if (command.Length == 0) _intake.Offer(new SensorMessage(topic, Encoding.UTF8.GetBytes(line.Payload), IsRetained: false, now));
        else if (!_inputs.TryHandle(command, line.Payload, isRetained: false, now, out problem) && !_music.TryHandle(command, line.Payload, isRetained: false, out problem))
            problem = _control.Handle(command, line.Payload, isRetained: false, now, "scenario").Problem;
        if (problem is not null) Console.Error.WriteLine($"{line.At} {topic}: {problem}");
    }
}
