using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>What a replay needs to make the synthesiser that played.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Tone">The room's tone.</param>
internal sealed record ScoreEngine(uint Seed, ToneSettings Tone);
