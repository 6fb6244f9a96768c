namespace Ambient.Composer.Arrangement;

/// <summary>A note that sounds until told otherwise.</summary>
/// <param name="NoteId">Pairs its end with its start.</param>
/// <param name="Instrument">Index in the catalogue.</param>
/// <param name="Pitch">MIDI note.</param>
/// <param name="EntryFrame">Where it began or will begin.</param>
/// <param name="RenewFrame">Where it is to be struck anew under a crossfade.</param>
/// <param name="IsByModel">Whether the network chose its pitch.</param>
internal sealed record HeldNote(int NoteId, int Instrument, int Pitch, long EntryFrame, long RenewFrame, bool IsByModel);
