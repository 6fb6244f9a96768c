using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>The form over an hour: sections of 8 to 15 minutes with a key, a cast and a card of their own; layers come and go one at a time.</summary>
internal sealed class Sections(Prng chance, Cast cast)
{
    private const double ShortestSeconds = 480;
    private const double LongestSeconds = 900;
    private const double ApartSeconds = 45; // between changes of layers
    private const double StayMinSeconds = 120;
    private const double StayMaxSeconds = 300;
    private const double CardChance = 0.7;

    private static readonly LayerRole[] Roles = Enum.GetValues<LayerRole>();
    private static readonly ObliqueCard[] Cards = Enum.GetValues<ObliqueCard>();

    private readonly bool[] _isOn = new bool[Roles.Length];
    private double _left = LongestSeconds;
    private double _sinceChange;
    private double _untilWander = StayMinSeconds;

    /// <summary>How many have begun.</summary>
    public int Count { get; private set; }

    /// <summary>What is different in this one.</summary>
    public ObliqueCard Card { get; private set; }

    /// <summary>Whether a layer has its turn.</summary>
    public bool IsOn(LayerRole role) => _isOn[(int)role];

    /// <summary>Takes a new mood: its own cast, no card, the layers that always play and half of the others.</summary>
    /// <param name="mood">The mood.</param>
    /// <param name="polyphony">Axis, -1..1.</param>
    /// <param name="atOnce">Nothing is heard yet.</param>
    public void Enter(Mood mood, double polyphony, bool atOnce)
    {
        cast.Enter(mood, atOnce);
        Card = ObliqueCard.None;
        _left = Length(mood);
        (_sinceChange, _untilWander) = (0, chance.Between(StayMinSeconds, StayMaxSeconds));
        LayerRole[] guests = Guests(mood);
        foreach (LayerRole role in Roles) _isOn[(int)role] = Cast.LayerOf(mood, role) is not null && !guests.Contains(role);
        for (int i = Wanted(guests, polyphony); i > 0; i--) Toggle(guests, isOn: true);
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="seconds">How much.</param>
    /// <param name="mood">The mood that plays.</param>
    /// <param name="polyphony">Axis, -1..1: a fuller room has more layers.</param>
    /// <returns>Whether a new section begins.</returns>
    public bool Advance(double seconds, Mood mood, double polyphony)
    {
        _sinceChange += seconds;
        _untilWander -= seconds;
        LayerRole[] guests = Guests(mood);
        int present = guests.Count(IsOn);
        int wanted = Wanted(guests, polyphony);
        if (_sinceChange >= ApartSeconds && present != wanted)
        {
            Toggle(guests, present < wanted);
        }
        else if (_sinceChange >= ApartSeconds && _untilWander <= 0 && present > 0)
        {
            Toggle(guests, isOn: false); // and another one takes its place when the next change is due
            _untilWander = chance.Between(StayMinSeconds, StayMaxSeconds);
        }

        _left -= seconds;
        if (_left > 0) return false;
        Begin(mood);
        return true;
    }

    private void Begin(Mood mood)
    {
        Count++;
        _left = Length(mood);
        if (Card == ObliqueCard.SwapLeadAndAnswer) cast.SwapLeadAndAnswer();
        cast.SwapOne(chance);
        ObliqueCard drawn = chance.Chance(CardChance) ? Cards[chance.Between(1, Cards.Length - 1)] : ObliqueCard.None;
        Card = drawn == Card ? ObliqueCard.None : drawn;
        if (Card == ObliqueCard.SwapLeadAndAnswer) cast.SwapLeadAndAnswer();
    }

    private double Length(Mood mood) =>
        mood.Palette.KeyChangesPerHour > 0 ? Math.Clamp(chance.LogNormal(3_600 / mood.Palette.KeyChangesPerHour, 0.2, 0.5, 2), ShortestSeconds, LongestSeconds) : LongestSeconds;

    private int Wanted(LayerRole[] guests, double polyphony) =>
        Card == ObliqueCard.SingleTimbre ? 0 : (int)Math.Round(guests.Length * Math.Clamp(0.55 + (0.45 * polyphony), 0, 1));

    private void Toggle(LayerRole[] guests, bool isOn)
    {
        LayerRole[] candidates = [.. guests.Where(role => IsOn(role) != isOn)];
        if (candidates.Length == 0) return;
        _isOn[(int)candidates[chance.Between(0, candidates.Length - 1)]] = isOn;
        _sinceChange = 0;
    }

    private static LayerRole[] Guests(Mood mood) =>
        [.. Roles.Where(role => Cast.LayerOf(mood, role) is { } layer && (layer.ComesAndGoes ?? ComesAndGoes(role)))];

    private static bool ComesAndGoes(LayerRole role) =>
        role is LayerRole.Halo or LayerRole.Motion or LayerRole.Answer or LayerRole.Pulse or LayerRole.Loops or LayerRole.Air;
}
