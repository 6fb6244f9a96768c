using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Master, layers, timbre, delay and reverb: everything that glides. Turns decibels into the engine's Q15.</summary>
internal sealed class Mixer(Cast cast)
{
    /// <summary>Fastest change of any gain, dB a second.</summary>
    public const double GainDbPerSecond = 1;

    private const double ArrivalDbPerSecond = 0.4; // upwards over the last 8 dB: a layer that all can hear does not swell
    private const double LayerFloorDb = -60; // below that a layer is switched: in a room of 45 dBA that is far below the threshold of hearing
    private const double HeardDb = -40;
    private const double SwitchSeconds = 3;
    private const double BrightnessPerSecond = 0.025; // of the parameter's 0..1: an octave in 20 s
    private const double WetPerSecond = 0.02;
    private const double ReverbRatioPerSecond = 0.01; // 10 % in 10 s
    private const double TempoStep = 0.01; // less than that a delay does not follow: each new time is a cross-fade
    private const double MasterFloorDb = -60;
    private const double OffSeconds = 10;
    private const double OnSeconds = 12;
    private const double MemorySeconds = 6;
    private const double ReadyDb = 8; // below its target a layer may take its notes over

    private readonly Glide _masterDb = new(0);
    private readonly Duck _duck = new();
    private readonly Queue<(long Frame, double Gain)> _masterPast = new();
    private readonly Glide _rt60 = new(0);
    private readonly Glide _wet = new(0);
    private readonly Glide _delayWet = new(0);
    private readonly Glide[] _layerDb = [.. Orchestra.Names.Select(_ => new Glide(LayerFloorDb))];
    private readonly double[] _targetDb = new double[Orchestra.Names.Count];
    private readonly Glide[] _brightness = [.. Orchestra.Names.Select(_ => new Glide(0.5))];
    private readonly Dictionary<(SynthParameter, int), int> _sent = [];
    private double _delaySeconds;
    private double _power;
    private double _master;
    private bool _hasStarted;

    /// <summary>Whether the programme is faded out completely.</summary>
    public bool IsOff => _power == 0;

    /// <summary>Whether a layer is heard.</summary>
    public bool IsHeard(int instrument) => _layerDb[instrument].Value > HeardDb;

    /// <summary>Whether a layer's level is where its notes may begin.</summary>
    public bool IsUp(int instrument) => _power == 0 || _layerDb[instrument].Value >= _targetDb[instrument] - ReadyDb;

    /// <summary>Gain of a level: 0 is silent (negative infinity), 100 is 0 dB.</summary>
    public static double DbOfLevel(double level) => level <= 0 ? double.NegativeInfinity : (Math.Min(level, 100) - 100) * MoodRequest.DbPerLevelStep;

    /// <summary>One tick: moves everything a little and says what changed.</summary>
    /// <param name="frame">Where the tick begins.</param>
    /// <param name="tickFrames">Its length; changes ramp over it.</param>
    /// <param name="level">Level asked for, 0..100.</param>
    /// <param name="isSilent">Whether the mood is silence.</param>
    /// <param name="sections">Which layers have their turn.</param>
    /// <param name="intent">What the director wants.</param>
    /// <param name="isHolding">Whether an instrument holds notes that another one has yet to take over: it keeps its level until then.</param>
    /// <param name="events">Receives parameter changes.</param>
    public void Tick(long frame, int tickFrames, double level, bool isSilent, Sections sections, in Intent intent, Func<int, bool> isHolding, EventQueue events)
    {
        double seconds = (double)tickFrames / Frames.PerSecond;
        bool isUnheard = _power == 0;
        Master(frame, tickFrames, seconds, level, isSilent, intent, events);
        if (!isSilent || !_hasStarted)
        {
            Reverb(frame, tickFrames, seconds, intent, events);
            Delay(frame, tickFrames, seconds, intent, events);
            Layers(frame, tickFrames, seconds, isUnheard, sections, intent, isHolding, events);
        }

        _hasStarted = true;
    }

    /// <summary>Answers a person at once: says the master gain anew from a frame on, bowed.</summary>
    /// <param name="frame">First frame that can still be heard.</param>
    /// <param name="tickFrames">Length of a tick.</param>
    /// <param name="bows">Whether to bow at all; false only repeats what was revoked.</param>
    /// <param name="events">Receives the gains; those from this frame on have been revoked.</param>
    public void Acknowledge(long frame, int tickFrames, bool bows, EventQueue events)
    {
        if (bows) _duck.Begin(frame);
        _sent.Remove((SynthParameter.MasterGain, 0));
        (long Frame, double Gain)[] past = [.. _masterPast];
        double now = past.LastOrDefault(tick => tick.Frame < frame, (Frame: 0, Gain: _master)).Gain;
        SendMaster(frame, tickFrames, now, events);
        foreach ((long at, double gain) in past)
        {
            if (at > frame) SendMaster(at, tickFrames, gain, events);
        }
    }

    private void Master(long frame, int tickFrames, double seconds, double level, bool isSilent, in Intent intent, EventQueue events)
    {
        bool isDown = isSilent || level <= 0;
        double target = Math.Max(MasterFloorDb, DbOfLevel(level) + intent.LoudnessDb);
        if (_power == 0) _masterDb.Jump(target); // nobody hears it
        if (!isDown) _masterDb.MoveTowards(target, GainDbPerSecond * seconds);
        _power = Math.Clamp(_power + (isDown ? -seconds / OffSeconds : seconds / OnSeconds), 0, 1);
        if (_power < 1e-9) _power = 0; // digital zero, not nearly
        _master = Linear(_masterDb.Value) * _power * _power * (3 - (2 * _power));
        _masterPast.Enqueue((frame, _master));
        while (_masterPast.Peek().Frame < frame - Frames.Of(MemorySeconds)) _masterPast.Dequeue();
        SendMaster(frame, tickFrames, _master, events);
    }

    private void SendMaster(long frame, int tickFrames, double master, EventQueue events) =>
        Send(frame, tickFrames, SynthParameter.MasterGain, 0, master * Linear(_duck.DbAt(frame + tickFrames)), events);

    private void Reverb(long frame, int tickFrames, double seconds, in Intent intent, EventQueue events)
    {
        if (!_hasStarted)
        {
            _rt60.Jump(intent.Rt60Seconds);
            _wet.Jump(intent.ReverbWet);
        }

        _rt60.MoveTowards(intent.Rt60Seconds, _rt60.Value * ReverbRatioPerSecond * seconds);
        _wet.MoveTowards(intent.ReverbWet, WetPerSecond * seconds);
        Send(frame, tickFrames, SynthParameter.ReverbTime, 0, _rt60.Value / 10, events);
        Send(frame, tickFrames, SynthParameter.ReverbWet, 0, _wet.Value, events);
    }

    // A mood without one has no word of it in its score.
    private void Delay(long frame, int tickFrames, double seconds, in Intent intent, EventQueue events)
    {
        if (!_hasStarted) _delayWet.Jump(intent.Delay.Wet);
        _delayWet.MoveTowards(intent.Delay.Wet, WetPerSecond * seconds);
        if (_delayWet.Value > 0)
        {
            double wanted = intent.Delay.Beats * 60 / intent.TempoBpm;
            if (Math.Abs(wanted - _delaySeconds) > TempoStep * _delaySeconds) _delaySeconds = wanted;
            Send(frame, tickFrames, SynthParameter.DelayTime, 0, _delaySeconds, events);
            Send(frame, tickFrames, SynthParameter.DelayFeedback, 0, intent.Delay.Feedback, events);
        }

        if (_delayWet.Value > 0 || _sent.ContainsKey((SynthParameter.DelayWet, 0))) Send(frame, tickFrames, SynthParameter.DelayWet, 0, _delayWet.Value, events);
    }

    private void Layers(long frame, int tickFrames, double seconds, bool isUnheard, Sections sections, in Intent intent, Func<int, bool> isHolding, EventQueue events)
    {
        for (int instrument = 0; instrument < _layerDb.Length; instrument++)
        {
            Glide gain = _layerDb[instrument];
            bool wasHeard = gain.Value > LayerFloorDb;
            double target = _targetDb[instrument] = Target(instrument, sections, intent);
            if (isUnheard) gain.Jump(target);
            else if (target == LayerFloorDb && isHolding(instrument)) target = gain.Value;
            bool isArriving = gain.Value < target && gain.Value >= target - ReadyDb;
            gain.MoveTowards(target, (isArriving ? ArrivalDbPerSecond : GainDbPerSecond) * seconds);
            bool isHeard = gain.Value > LayerFloorDb;
            int ramp = wasHeard == isHeard || isUnheard ? tickFrames : (int)(SwitchSeconds * Frames.PerSecond);
            Send(frame, ramp, SynthParameter.InstrumentGain, instrument, isHeard ? Linear(gain.Value) : 0, events);

            Glide brightness = _brightness[instrument];
            brightness.MoveTowards(Math.Clamp(0.5 + (intent.BrightnessOctaves / 2), 0, 1), isUnheard ? 1 : BrightnessPerSecond * seconds);
            Send(frame, tickFrames, SynthParameter.Brightness, instrument, brightness.Value, events);
        }
    }

    private double Target(int instrument, Sections sections, in Intent intent)
    {
        if (cast.RoleOf(instrument) is not { } part || !sections.IsOn(part.Role)) return LayerFloorDb;
        double presence = part.Role is LayerRole.Texture or LayerRole.Air ? intent.TexturePresence : 1;
        return Math.Max(LayerFloorDb, part.Layer.GainDb + (20 * Math.Log10(Math.Max(presence, 1e-3))));
    }

    private void Send(long frame, int rampFrames, SynthParameter parameter, int instrument, double value, EventQueue events)
    {
        int valueQ15 = (int)Math.Round(value * ScoreEvent.UnityQ15);
        if (_sent.TryGetValue((parameter, instrument), out int before) && before == valueQ15) return;
        _sent[(parameter, instrument)] = valueQ15;
        events.Add(ScoreEvent.Set(frame, parameter, valueQ15, rampFrames, instrument));
    }

    private static double Linear(double db) => Math.Pow(10, db / 20);
}
