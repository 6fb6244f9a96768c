using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Oscillators;

/// <summary>Subtractive voices side by side: a band-limited wave through a low-pass of 12 or 24 dB per octave to its own place between the speakers.</summary>
/// <remarks>
/// One strand is one oscillator, one filter, one pair of gains; a rich note is made of several. Everything of eight strands lies in
/// arrays next to one another and moves as one vector: the filter's loop can't be cut by time, but it can by voice.
/// Coefficients move between blocks, gains glide from frame to frame.
/// </remarks>
internal sealed class StrandBank
{
    private const int GroupLanes = 8;
    private const int RowFrames = SynthEngine.SegmentFrames;

    private readonly int[] _phases, _steps, _tables;
    private readonly int[] _a1, _a2, _a3, _b1, _b2, _b3;
    private readonly int[] _band1, _low1, _band2, _low2;
    private readonly int[] _left, _right, _leftSteps, _rightSteps;
    private readonly bool _isSteep;
    private readonly bool[] _isSounding;
    private readonly int[] _row = new int[RowFrames * GroupLanes]; // [frame, lane] of the group at hand, Q26
    private readonly int[] _leftRows = new int[RowFrames * GroupLanes]; // [frame, lane], Q26
    private readonly int[] _rightRows = new int[RowFrames * GroupLanes];

    /// <summary>Makes a silent bank.</summary>
    /// <param name="strands">How many can sound at once.</param>
    /// <param name="isSteep">Whether the filters have both their stages: 24 dB per octave, else 12.</param>
    public StrandBank(int strands, bool isSteep = true)
    {
        _isSteep = isSteep;
        int lanes = (strands + GroupLanes - 1) / GroupLanes * GroupLanes;
        (_phases, _steps, _tables) = (new int[lanes], new int[lanes], new int[lanes]);
        (_a1, _a2, _a3, _b1, _b2, _b3) = (new int[lanes], new int[lanes], new int[lanes], new int[lanes], new int[lanes], new int[lanes]);
        (_band1, _low1, _band2, _low2) = (new int[lanes], new int[lanes], new int[lanes], new int[lanes]);
        (_left, _right, _leftSteps, _rightSteps) = (new int[lanes], new int[lanes], new int[lanes], new int[lanes]);
        _isSounding = new bool[lanes];
    }

    /// <summary>Starts a strand from silence.</summary>
    /// <param name="strand">Which.</param>
    /// <param name="wave">Its waveform.</param>
    /// <param name="phase">Where in the wave it begins; one turn is 2^32.</param>
    /// <param name="step">Turns per frame.</param>
    public void Start(int strand, Wavetable wave, uint phase, uint step)
    {
        _phases[strand] = unchecked((int)phase);
        _steps[strand] = unchecked((int)step);
        _tables[strand] = wave.LevelFor(step);
        _band1[strand] = _low1[strand] = _band2[strand] = _low2[strand] = 0;
        _left[strand] = _right[strand] = _leftSteps[strand] = _rightSteps[strand] = 0;
        _isSounding[strand] = true;
    }

    /// <summary>Silences a strand at once; its gains should have come to 0 by then.</summary>
    public void Stop(int strand)
    {
        _isSounding[strand] = false;
        _left[strand] = _right[strand] = _leftSteps[strand] = _rightSteps[strand] = 0;
    }

    /// <summary>Sets both stages of a strand's filter alike.</summary>
    public void Filter(int strand, in StateVariableFilter.Coefficients both) => Filter(strand, both, both);

    /// <summary>Sets the two stages of a strand's filter.</summary>
    public void Filter(int strand, in StateVariableFilter.Coefficients first, in StateVariableFilter.Coefficients second)
    {
        (_a1[strand], _a2[strand], _a3[strand]) = (first.A1.Raw, first.A2.Raw, first.A3.Raw);
        (_b1[strand], _b2[strand], _b3[strand]) = (second.A1.Raw, second.A2.Raw, second.A3.Raw);
    }

    /// <summary>Lets a strand's gains glide.</summary>
    /// <param name="strand">Which.</param>
    /// <param name="leftQ31">Gain to reach on the left.</param>
    /// <param name="rightQ31">Gain to reach on the right.</param>
    /// <param name="frames">In how many frames.</param>
    public void Glide(int strand, int leftQ31, int rightQ31, int frames)
    {
        _leftSteps[strand] = (leftQ31 - _left[strand]) / frames;
        _rightSteps[strand] = (rightQ31 - _right[strand]) / frames;
    }

    /// <summary>Adds the next frames, Q8.23, shape [frames], 1..64.</summary>
    public void Render(Span<int> left, Span<int> right)
    {
        int lanes = LaneWidth.Current;
        if (lanes == 8) Run<Lanes8>(left, right);
        else if (lanes == 4) Run<Lanes4>(left, right);
        else Run<Lane1>(left, right);
    }

    private void Run<T>(Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        int frames = left.Length;
        bool isFirst = true;
        for (int group = 0; group < _phases.Length; group += T.Count)
        {
            if (!_isSounding.AsSpan(group, T.Count).Contains(true)) continue;
            AddGroup<T>(group, frames, isFirst);
            isFirst = false;
        }

        if (isFirst) return;
        for (int i = 0; i < frames; i++)
        {
            left[i] += (T.Load(ref _leftRows[i * T.Count]).Sum() + 4) >> 3; // Q26 -> Q23
            right[i] += (T.Load(ref _rightRows[i * T.Count]).Sum() + 4) >> 3;
        }
    }

    // Three loops instead of one: each by itself fits into the sixteen registers of a processor without wider vectors.
    private void AddGroup<T>(int group, int frames, bool isFirst)
        where T : struct, ILanes<T>
    {
        Oscillate<T>(group, frames);
        if (_isSteep) FilterTwice<T>(group, frames);
        else FilterOnce<T>(group, frames);
        Pan<T>(group, frames, isFirst);
    }

    private void Oscillate<T>(int group, int frames)
        where T : struct, ILanes<T>
    {
        ref int tables = ref MemoryMarshal.GetReference(Wavetable.Tables);
        ref int row = ref MemoryMarshal.GetArrayDataReference(_row);
        T phase = T.Load(ref _phases[group]), step = T.Load(ref _steps[group]), table = T.Load(ref _tables[group]);
        for (int i = 0; i < frames * T.Count; i += T.Count)
        {
            Wavetable.Read(in tables, table + (phase >>> Wavetable.IndexShift), phase).Store(ref Unsafe.Add(ref row, i));
            phase += step;
        }

        phase.Store(ref _phases[group]);
    }

    private void FilterOnce<T>(int group, int frames)
        where T : struct, ILanes<T>
    {
        ref int row = ref MemoryMarshal.GetArrayDataReference(_row);
        T a1 = T.Load(ref _a1[group]), a2 = T.Load(ref _a2[group]), a3 = T.Load(ref _a3[group]);
        T band = T.Load(ref _band1[group]), low = T.Load(ref _low1[group]);
        for (int i = 0; i < frames * T.Count; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref row, i);
            StateVariableFilter.LowPass(T.Load(ref at), ref band, ref low, a1, a2, a3).Store(ref at);
        }

        band.Store(ref _band1[group]);
        low.Store(ref _low1[group]);
    }

    private void FilterTwice<T>(int group, int frames)
        where T : struct, ILanes<T>
    {
        ref int row = ref MemoryMarshal.GetArrayDataReference(_row);
        T a1 = T.Load(ref _a1[group]), a2 = T.Load(ref _a2[group]), a3 = T.Load(ref _a3[group]);
        T b1 = T.Load(ref _b1[group]), b2 = T.Load(ref _b2[group]), b3 = T.Load(ref _b3[group]);
        T band1 = T.Load(ref _band1[group]), low1 = T.Load(ref _low1[group]), band2 = T.Load(ref _band2[group]), low2 = T.Load(ref _low2[group]);
        for (int i = 0; i < frames * T.Count; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref row, i);
            T once = StateVariableFilter.LowPass(T.Load(ref at), ref band1, ref low1, a1, a2, a3);
            StateVariableFilter.LowPass(once, ref band2, ref low2, b1, b2, b3).Store(ref at);
        }

        band1.Store(ref _band1[group]);
        low1.Store(ref _low1[group]);
        band2.Store(ref _band2[group]);
        low2.Store(ref _low2[group]);
    }

    private void Pan<T>(int group, int frames, bool isFirst)
        where T : struct, ILanes<T>
    {
        ref int row = ref MemoryMarshal.GetArrayDataReference(_row);
        ref int leftRow = ref MemoryMarshal.GetArrayDataReference(_leftRows);
        ref int rightRow = ref MemoryMarshal.GetArrayDataReference(_rightRows);
        T gainLeft = T.Load(ref _left[group]), gainRight = T.Load(ref _right[group]);
        T leftStep = T.Load(ref _leftSteps[group]), rightStep = T.Load(ref _rightSteps[group]);
        T oddLeft = T.Odd(gainLeft), oddRight = T.Odd(gainRight), oddLeftStep = T.Odd(leftStep), oddRightStep = T.Odd(rightStep);
        for (int i = 0; i < frames * T.Count; i += T.Count)
        {
            T sample = T.Load(ref Unsafe.Add(ref row, i));
            T left = T.ScaleQ31(gainLeft, oddLeft, sample), right = T.ScaleQ31(gainRight, oddRight, sample);
            if (!isFirst)
            {
                left += T.Load(ref Unsafe.Add(ref leftRow, i));
                right += T.Load(ref Unsafe.Add(ref rightRow, i));
            }

            left.Store(ref Unsafe.Add(ref leftRow, i));
            right.Store(ref Unsafe.Add(ref rightRow, i));
            gainLeft += leftStep;
            gainRight += rightStep;
            oddLeft += oddLeftStep;
            oddRight += oddRightStep;
        }

        gainLeft.Store(ref _left[group]);
        gainRight.Store(ref _right[group]);
    }
}
