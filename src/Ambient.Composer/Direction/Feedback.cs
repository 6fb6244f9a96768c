namespace Ambient.Composer.Direction;

/// <summary>What people's votes have added up to: a bias that is bounded and fades within hours.</summary>
public sealed class Feedback
{
    /// <summary>What can be voted about.</summary>
    public static readonly IReadOnlyList<string> Subjects = ["level", "mood", "density"];

    /// <summary>Most that level votes can move, steps of 0.5 dB.</summary>
    public const double LevelSteps = 6;

    /// <summary>Most that density votes can move, axis units.</summary>
    public const double DensityAxis = 0.6;

    /// <summary>Most that mood votes can change the room's pull on the music: ×0.5 to ×1.5.</summary>
    public const double MoodWeight = 0.5;

    private const double PerVote = 0.25; // four of a kind reach the bound
    private const double HalfLifeSeconds = 2 * 3_600;

    private readonly double[] _sum = new double[Subjects.Count];

    /// <summary>Shift of the level, steps.</summary>
    public double Level => LevelSteps * _sum[0];

    /// <summary>Factor of the weights with which the room pushes the axes.</summary>
    public double RoomWeight => 1 + (MoodWeight * _sum[1]);

    /// <summary>Shift of the density axis.</summary>
    public double Density => DensityAxis * _sum[2];

    /// <summary>Takes a vote.</summary>
    /// <param name="vote">-1 (less, dislike) to 1 (more, like); beyond is cut.</param>
    /// <param name="about">One of <see cref="Subjects"/>.</param>
    /// <exception cref="ArgumentException">Nothing of that name can be voted about.</exception>
    public void Vote(double vote, string about)
    {
        int subject = Subjects.ToList().IndexOf(about);
        if (subject < 0) throw new ArgumentException($"about is '{about}'; allowed: {string.Join(", ", Subjects)}", nameof(about));
        if (double.IsNaN(vote)) throw new ArgumentException("vote is not a number; allowed: -1 to 1", nameof(vote));
        _sum[subject] = Math.Clamp(_sum[subject] + (PerVote * Math.Clamp(vote, -1, 1)), -1, 1);
    }

    /// <summary>Lets votes fade.</summary>
    public void Advance(double seconds)
    {
        double kept = Math.Pow(0.5, seconds / HalfLifeSeconds);
        for (int i = 0; i < _sum.Length; i++) _sum[i] *= kept;
    }
}
