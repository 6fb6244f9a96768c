using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>Very short sounds, many of them: drops and crackles, each a sine that is over in milliseconds, as a narrow filter answers a tap.</summary>
/// <param name="capacity">How many at once; one more takes the place of the quietest.</param>
internal sealed class Grains(int capacity)
{
    private const int AttackBits = 6; // 64 frames: a tap, not a click
    private const int SilentQ31 = 1 << 15;

    private readonly Grain[] _grains = new Grain[capacity];

    /// <summary>Starts one.</summary>
    /// <param name="pitchCents">Its pitch.</param>
    /// <param name="levelQ31">Its peak.</param>
    /// <param name="rt60Frames">Frames until it is 60 dB down.</param>
    /// <param name="pan">Where it falls.</param>
    public void Start(int pitchCents, int levelQ31, int rt60Frames, StereoGain pan)
    {
        int quietest = 0;
        for (int i = 1; i < _grains.Length; i++)
        {
            if (_grains[i].LevelQ31 < _grains[quietest].LevelQ31) quietest = i;
        }

        if (_grains[quietest].LevelQ31 > levelQ31 >> 4) return; // all are loud: one drop more would not be heard, one less would
        _grains[quietest] = new Grain { Step = Pitch.PhaseStep(pitchCents), LevelQ31 = levelQ31, PerFrame = Q31.Decay(1, rt60Frames), Pan = pan };
    }

    /// <summary>Ends what has become inaudible. Called at ticks, so that block sizes do not matter.</summary>
    public void Tick()
    {
        foreach (ref Grain grain in _grains.AsSpan())
        {
            if (grain.LevelQ31 < SilentQ31) grain.LevelQ31 = 0;
        }
    }

    /// <summary>Adds all that sound to the channels, Q8.23.</summary>
    public void Render(Span<int> left, Span<int> right)
    {
        foreach (ref Grain grain in _grains.AsSpan())
        {
            if (grain.LevelQ31 == 0) continue;
            uint phase = grain.Phase;
            int levelQ31 = grain.LevelQ31, age = grain.Age;
            for (int i = 0; i < left.Length; i++)
            {
                int risen = age < 1 << AttackBits ? (int)((long)levelQ31 * age++ >> AttackBits) : levelQ31;
                int sample = new Q31(risen) * (SineTable.At(phase) >> 8); // Q31 -> Q23
                left[i] += grain.Pan.Left * sample;
                right[i] += grain.Pan.Right * sample;
                phase = unchecked(phase + grain.Step);
                levelQ31 = grain.PerFrame * levelQ31;
            }

            grain.Phase = phase;
            grain.Age = age;
            grain.LevelQ31 = levelQ31;
        }
    }

    private struct Grain
    {
        public uint Phase, Step;
        public int LevelQ31, Age;
        public Q31 PerFrame;
        public StereoGain Pan;
    }
}
