using Ambient.Sensors;

namespace Ambient.Daemon.Cli;

/// <summary>What a replay says of how many people there are: how often it is known, and where they were counted by hand how far off it is.</summary>
internal sealed class PeopleTally
{
    private int _rows;
    private int _known;
    private int _labelled;
    private double _error;

    /// <summary>Takes a row.</summary>
    /// <param name="row">Its readings; a label counts people where it is a number of them.</param>
    /// <param name="context">What fusion made of them.</param>
    public void Add(IReadOnlyList<Reading> row, ContextVector context)
    {
        _rows++;
        if (context.People is not { } people) return;
        _known++;
        foreach (Reading reading in row)
        {
            if (reading.Quantity != Quantity.LabelPeople) continue;
            _labelled++;
            _error += Math.Abs(people - reading.Value);
        }
    }

    /// <summary>The result; null where nothing was replayed.</summary>
    public HeadCounts? Result => _rows == 0 ? null : new HeadCounts(Math.Round((double)_known / _rows, 4), _labelled == 0 ? null : Math.Round(_error / _labelled, 4));

    /// <summary>As <c>--json</c> has it.</summary>
    /// <param name="Known">Share of the rows in which the number is known, 0..1; an empty room's is 0.</param>
    /// <param name="MeanError">Mean of the absolute error there, people; null without labels that count.</param>
    internal sealed record HeadCounts(double Known, double? MeanError);
}
