using Ambient.Sensors;

namespace Ambient.Daemon.Cli;

/// <summary>What a replay says about daylight and lamps: how often it is known, and how much it is.</summary>
internal sealed class DaylightTally
{
    private int _lit;
    private int _known;
    private double _daylightLux;
    private double _lux;

    /// <summary>Takes a row.</summary>
    public void Add(ContextVector context)
    {
        if (context.IlluminanceLux is not (> 0 and var lux)) return;
        _lit++;
        if (context.DaylightLux is not { } daylight) return;
        _known++;
        (_daylightLux, _lux) = (_daylightLux + daylight, _lux + lux);
    }

    /// <summary>The result; null where there was no light.</summary>
    public Daylight? Result => _lit == 0 ? null : new Daylight(Math.Round((double)_known / _lit, 4), _known == 0 ? null : Math.Round(_daylightLux / _lux, 4));

    /// <summary>As <c>--json</c> has it.</summary>
    /// <param name="Known">Share of the rows with light in which daylight is known, 0..1.</param>
    /// <param name="Share">Share of daylight in the light of those rows, 0..1; null where there are none.</param>
    internal sealed record Daylight(double Known, double? Share);
}
