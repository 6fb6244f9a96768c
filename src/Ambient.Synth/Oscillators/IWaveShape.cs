using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Oscillators;

/// <summary>A wave that is read from a table.</summary>
internal interface IWaveShape
{
    /// <summary>First element of a table.</summary>
    /// <param name="table">Which one, where there are several.</param>
    static abstract ref int Find(int table);

    /// <summary>The wave at a phase of every lane.</summary>
    /// <param name="table">From <see cref="Find"/>.</param>
    /// <param name="phase">One turn is 2^32.</param>
    static abstract T At<T>(ref readonly int table, T phase)
        where T : struct, ILanes<T>;
}

/// <summary>A sine, Q8.23.</summary>
internal readonly struct SineShape : IWaveShape
{
    /// <inheritdoc/>
    public static ref int Find(int table) => ref MemoryMarshal.GetArrayDataReference(SineTable.TurnQ23);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(ref readonly int table, T phase)
        where T : struct, ILanes<T> => SineTable.At(in table, phase);
}

/// <summary>A band-limited wave, Q26; its tables are those of <see cref="Wavetable.LevelFor"/>.</summary>
internal readonly struct BandLimitedShape : IWaveShape
{
    /// <inheritdoc/>
    public static ref int Find(int table) => ref Unsafe.Add(ref MemoryMarshal.GetReference(Wavetable.Tables), table);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(ref readonly int table, T phase)
        where T : struct, ILanes<T> => Wavetable.Read(in table, phase >>> Wavetable.IndexShift, phase);
}
