using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Benchmarks;

/// <summary>The voices that are measured: all at pitches of their own, spread between the speakers, with envelopes that move.</summary>
internal static class BenchmarkVoices
{
    private const int TickFrames = Voice.TickFrames;
    private static readonly int[] ThreePairs = [-1, 0, -1, 2, -1, 4];

    /// <summary>Sines.</summary>
    public static Playing Sines(int voices)
    {
        var sines = new PannedOscillator<SineShape>[voices];
        for (int i = 0; i < voices; i++) sines[i] = new PannedOscillator<SineShape> { Step = Pitch.PhaseStep(Cents(i)) };
        Envelope[] envelopes = Envelopes(voices);
        return new(voices, (left, right) =>
        {
            for (int i = 0; i < sines.Length; i++)
            {
                (int leftQ31, int rightQ31) = envelopes[i].Next();
                sines[i].LeftStep = (leftQ31 - sines[i].LeftQ31) / TickFrames;
                sines[i].RightStep = (rightQ31 - sines[i].RightQ31) / TickFrames;
                sines[i].Render(left, right);
            }
        });
    }

    /// <summary>Saws behind their filters.</summary>
    public static Playing Saws(int voices)
    {
        var bank = new StrandBank(voices);
        var random = new Xorshift32(1);
        for (int i = 0; i < voices; i++)
        {
            bank.Start(i, Wavetable.Saw, random.Next(), Pitch.PhaseStep(Cents(i)));
            StateVariableFilter.Coefficients filter = StateVariableFilter.Coefficients.At(Cents(i) + 2_400);
            bank.Filter(i, filter, filter);
        }

        Envelope[] envelopes = Envelopes(voices);
        return new(voices, (left, right) =>
        {
            for (int i = 0; i < envelopes.Length; i++)
            {
                (int leftQ31, int rightQ31) = envelopes[i].Next();
                bank.Glide(i, leftQ31, rightQ31, TickFrames);
            }

            bank.Render(left, right);
        });
    }

    /// <summary>Voices of six operators: the algorithm of electric pianos and glass, three carriers with a modulator each.</summary>
    public static Playing Fm(int voices)
    {
        var bank = new FmVoice[voices];
        for (int i = 0; i < voices; i++)
        {
            bank[i] = new FmVoice(ThreePairs);
            for (int j = 0; j < FmVoice.Operators; j++)
            {
                bank[i][j].Step = Pitch.PhaseStep(Cents(i) + 7 * j);
                bank[i][j].LevelQ31 = int.MaxValue / 4;
            }
        }

        Envelope[] envelopes = Envelopes(voices);
        var rows = new int[FmVoice.RowsLength];
        return new(voices, (left, right) =>
        {
            for (int i = 0; i < bank.Length; i++)
            {
                (int leftQ31, int rightQ31) = envelopes[i].Next();
                bank[i].LeftStep = (leftQ31 - bank[i].LeftQ31) / TickFrames;
                bank[i].RightStep = (rightQ31 - bank[i].RightQ31) / TickFrames;
                for (int j = 0; j < FmVoice.Operators; j++) bank[i][j].LevelStep = (int.MaxValue / 4 + (leftQ31 >> 3) - bank[i][j].LevelQ31) / TickFrames;
                bank[i].Render(left, right, rows);
            }
        });
    }

    /// <summary>Notes of the instrument, in as many instruments as they need.</summary>
    public static Playing Pads(int voices)
    {
        var pads = new List<IInstrument>();
        for (int i = 0; i < voices; i++)
        {
            if (i % 8 == 0) pads.Add(PlayableInstrument.Create(InstrumentCatalog.Entries[InstrumentCatalog.IndexOf("pad")], (uint)i).Instrument);
            pads[^1].NoteOn(ScoreEvent.NoteOn(0, 0, i, Cents(i), ScoreEvent.UnityQ15 / 2));
        }

        return new(voices, (left, right) =>
        {
            foreach (IInstrument pad in pads) pad.Render(left, right);
        });
    }

    private static int Cents(int voice) => 4_000 + 4_000 * voice / 128;

    private static Envelope[] Envelopes(int voices)
    {
        var envelopes = new Envelope[voices];
        for (int i = 0; i < voices; i++) envelopes[i] = new(unchecked((uint)i * 77_777_777), StereoGain.At(i * 509 % 65_536 - 32_768));
        return envelopes;
    }

    // Rises and falls for ever, some 3 s each way.
    private struct Envelope(uint phase, StereoGain pan)
    {
        private uint _phase = phase;

        public (int LeftQ31, int RightQ31) Next()
        {
            _phase = unchecked(_phase + 1_000_003);
            int levelQ31 = SineTable.RaisedCosine((int)(_phase >> 1)) >> 7;
            return (pan.Left * levelQ31, pan.Right * levelQ31);
        }
    }
}
