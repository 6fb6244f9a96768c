namespace Ambient.Daemon.Schedules;

/// <summary>From a time of day on, this holds until the next slot.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Mood">Mood, or null: releases mood and level to the default.</param>
/// <param name="Level">0..100, or null: the mood's own level.</param>
public sealed record ScheduleSlot(SlotTime At, string? Mood, int? Level);
