using Ambient.Synth;
using Ambient.Synth.Instruments;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Room;

/// <summary>One WAV file for each instrument of a render: the same score played by as many engines, each hearing only its own instrument.</summary>
/// <remarks>
/// An instrument's chances come from its own seed, so it sounds as in the mix; the sum of the stems is the mix within -24 dB (calm, 75 s:
/// dither, and where an event of one instrument cuts the others' work). Costs an engine an instrument, and nothing where nobody asks.
/// </remarks>
internal sealed class Stems : IScoreSink, IDisposable
{
    private readonly List<(int Instrument, ScoreQueue Queue, SynthEngine Engine, WavOutput Output)> _stems = [];
    private readonly short[] _block = new short[2 * SynthEngine.MaxBlockFrames];

    /// <summary>Begins files <c>INSTRUMENT.wav</c> in a folder, which is made when it is missing.</summary>
    /// <exception cref="IOException">They can't be made there.</exception>
    public Stems(string folder, uint seed)
    {
        Directory.CreateDirectory(folder);
        for (int instrument = 0; instrument < InstrumentCatalog.Names.Count; instrument++)
        {
            var queue = new ScoreQueue();
            _stems.Add((instrument, queue, new SynthEngine(queue, seed), new WavOutput(Path.Combine(folder, InstrumentCatalog.Names[instrument] + ".wav"))));
        }
    }

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        foreach ((int instrument, ScoreQueue queue, _, _) in _stems)
        {
            if (!IsForAll(scoreEvent) && scoreEvent.Instrument != instrument) continue;
            if (!queue.TryAdd(scoreEvent)) return false;
        }

        return true;
    }

    /// <summary>Renders the next frames of every stem.</summary>
    public void Render(int frames)
    {
        Span<short> block = _block.AsSpan(0, 2 * frames);
        foreach ((_, _, SynthEngine engine, WavOutput output) in _stems)
        {
            engine.Render(block);
            if (output.Write(block, []) < 0) throw new IOException(output.Problem);
        }
    }

    /// <summary>Completes the files.</summary>
    public void Dispose()
    {
        foreach ((_, _, _, WavOutput output) in _stems) output.Dispose();
    }

    private static bool IsForAll(in ScoreEvent scoreEvent) =>
        scoreEvent.Kind == ScoreEventKind.Revoke
        || (scoreEvent.Kind == ScoreEventKind.Parameter && scoreEvent.Parameter is SynthParameter.MasterGain or SynthParameter.ReverbTime or SynthParameter.ReverbWet
            or SynthParameter.DelayTime or SynthParameter.DelayFeedback or SynthParameter.DelayWet);
}
