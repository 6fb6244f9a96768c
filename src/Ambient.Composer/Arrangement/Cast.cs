using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Synth.Instruments;

namespace Ambient.Composer.Arrangement;

/// <summary>Who plays what: the mood's own instruments or those that stand in for a section. Who comes new takes the notes over once its level is up.</summary>
internal sealed class Cast
{
    private static readonly LayerRole[] Roles = Enum.GetValues<LayerRole>();

    private readonly Seat?[] _playing = new Seat?[Roles.Length];
    private readonly Seat?[] _coming = new Seat?[Roles.Length];
    private Mood? _mood;

    /// <summary>Index of the instrument that plays a role; null when nobody does.</summary>
    public int? this[LayerRole role] => _playing[(int)role]?.Instrument;

    /// <summary>Name of the instrument that will lead, for comparing sections.</summary>
    public string Lead => _coming[(int)LayerRole.Speak] is { } seat ? InstrumentCatalog.Names[seat.Instrument] : "";

    /// <summary>The layer of a role, if the mood has it.</summary>
    public static MoodLayer? LayerOf(Mood mood, LayerRole role) => mood.Layers.GetValueOrDefault(Director.NameOf(role));

    /// <summary>Takes a mood's own cast.</summary>
    /// <param name="mood">The mood.</param>
    /// <param name="atOnce">Nothing is heard, so nobody has to wait.</param>
    public void Enter(Mood mood, bool atOnce)
    {
        _mood = mood;
        foreach (LayerRole role in Roles)
        {
            Seat? seat = LayerOf(mood, role) is { } layer ? new Seat(InstrumentCatalog.IndexOf(layer.Instrument), layer) : null;
            _coming[(int)role] = seat;
            if (atOnce || seat is null || _playing[(int)role] is null) _playing[(int)role] = seat;
        }
    }

    /// <summary>Gives one role to another instrument that the mood names for it.</summary>
    public void SwapOne(Prng chance)
    {
        if (_mood is not { } mood) return;
        LayerRole[] open = [.. Roles.Where(role => LayerOf(mood, role) is { Alternates.Length: > 0 })];
        if (open.Length == 0) return;
        LayerRole swapped = open[chance.Between(0, open.Length - 1)];
        MoodLayer layer = LayerOf(mood, swapped)!;
        int[] others = [.. layer.Alternates.Append(layer.Instrument).Select(InstrumentCatalog.IndexOf).Where(instrument => !_coming.Any(seat => seat?.Instrument == instrument))];
        if (others.Length > 0) _coming[(int)swapped] = new Seat(others[chance.Between(0, others.Length - 1)], layer);
    }

    /// <summary>Lets the speaking and the answering voice change places, where there are both.</summary>
    public void SwapLeadAndAnswer()
    {
        const int Speak = (int)LayerRole.Speak;
        const int Answer = (int)LayerRole.Answer;
        if (_coming[Speak] is not { } speak || _coming[Answer] is not { } answer) return;
        _coming[Speak] = _playing[Speak] = speak with { Instrument = answer.Instrument };
        _coming[Answer] = _playing[Answer] = answer with { Instrument = speak.Instrument };
    }

    /// <summary>Hands the notes over to those whose level is up.</summary>
    public void Settle(Func<int, bool> isUp)
    {
        for (int role = 0; role < _coming.Length; role++)
        {
            if (_coming[role] is { } seat && isUp(seat.Instrument)) _playing[role] = seat;
        }
    }

    /// <summary>What an instrument does or is about to do; null when it has nothing to do.</summary>
    public (LayerRole Role, MoodLayer Layer)? RoleOf(int instrument) => Find(_coming, instrument) ?? Find(_playing, instrument);

    private static (LayerRole Role, MoodLayer Layer)? Find(Seat?[] seats, int instrument)
    {
        for (int role = 0; role < seats.Length; role++)
        {
            if (seats[role] is { } seat && seat.Instrument == instrument) return ((LayerRole)role, seat.Layer);
        }

        return null;
    }

    private sealed record Seat(int Instrument, MoodLayer Layer);
}
