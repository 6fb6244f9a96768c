using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>A set of tokens that may be chosen; what is not in it can't sound.</summary>
/// <param name="Bits">Bit n is token n, 0..72.</param>
internal readonly record struct TokenMask(UInt128 Bits)
{
    /// <summary>Only silence.</summary>
    public static TokenMask Silence { get; } = Only(ScoreTokens.Silent);

    /// <summary>Every token, silence too: what a raw model may say.</summary>
    public static TokenMask All { get; } = new((UInt128.One << ScoreTokens.Vocabulary) - 1);

    /// <summary>Whether nothing is left.</summary>
    public bool IsEmpty => Bits == UInt128.Zero;

    /// <summary>How many tokens it holds.</summary>
    public int Count => (int)UInt128.PopCount(Bits);

    /// <summary>Just one token.</summary>
    public static TokenMask Only(int token) => new(UInt128.One << token);

    /// <summary>The pitches of a palette inside a register.</summary>
    public static TokenMask Of(PitchClassSet pitchClasses, Bounds register) =>
        Where(pitch => register.Contains(pitch) && pitchClasses.Contains(pitch));

    /// <summary>The pitches for which something holds.</summary>
    public static TokenMask Where(Func<int, bool> holds)
    {
        UInt128 bits = UInt128.Zero;
        for (int token = 0; token < ScoreTokens.PitchCount; token++)
        {
            if (holds(ScoreTokens.ToPitch(token))) bits |= UInt128.One << token;
        }

        return new(bits);
    }

    /// <summary>What both hold.</summary>
    public static TokenMask operator &(TokenMask one, TokenMask other) => new(one.Bits & other.Bits);

    /// <summary>What either holds.</summary>
    public static TokenMask operator |(TokenMask one, TokenMask other) => new(one.Bits | other.Bits);

    /// <summary>Whether a token may be chosen.</summary>
    public bool Allows(int token) => (Bits >> token & UInt128.One) != UInt128.Zero;

    /// <summary>All but one token.</summary>
    public TokenMask Without(int token) => new(Bits & ~(UInt128.One << token));
}
