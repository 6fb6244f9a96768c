using Ambient.Composer.Evaluation;
using Ambient.Sensors;

namespace Ambient.Daemon.Cli;

/// <summary>What a replay says of how many people there are: how often it is known, and where they were counted by hand how far off it is.</summary>
internal sealed class PeopleTally
{
    private int _rows;
    private int _known;
    private int _labelled;
    private double _error;
    private readonly List<double> _said = []; // while people were there
    private readonly List<double> _counted = [];

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
            double error = Math.Abs(people - reading.Value);
            _error += error;
            if (reading.Value == 0) continue;
            _said.Add(people);
            _counted.Add(reading.Value);
        }
    }

    /// <summary>The result; null where nothing was replayed.</summary>
    public HeadCounts? Result => _rows == 0
        ? null
        : new HeadCounts(
            Math.Round((double)_known / _rows, 4),
            _labelled == 0 ? null : Math.Round(_error / _labelled, 4),
            _said.Count == 0 ? null : Math.Round(_said.Zip(_counted, (said, counted) => Math.Abs(said - counted)).Average(), 4),
            _said.Distinct().Count() < 2 || _counted.Distinct().Count() < 2 ? null : Math.Round(Spearman.Rho([.. _said], [.. _counted]), 4));

    /// <summary>As <c>--json</c> has it.</summary>
    /// <param name="Known">Share of the rows in which the number is known, 0..1; an empty room's is 0.</param>
    /// <param name="MeanError">Mean of the absolute error there, people; null without labels that count.</param>
    /// <param name="MeanErrorWithPeople">The same over the rows in which somebody was there.</param>
    /// <param name="RhoWithPeople">Rank correlation of what is said and what was counted there.</param>
    internal sealed record HeadCounts(double Known, double? MeanError, double? MeanErrorWithPeople, double? RhoWithPeople);
}
