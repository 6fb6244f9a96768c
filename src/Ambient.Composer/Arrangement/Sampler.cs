namespace Ambient.Composer.Arrangement;

/// <summary>Draws a token from masked logits: temperature, then the smallest set of tokens that holds most of the probability.</summary>
internal static class Sampler
{
    /// <summary>1 is the model's own spread.</summary>
    public const double Temperature = 1.0;

    /// <summary>Share of probability that is kept; the unlikely rest is where wrong notes live (Holtzman et al. 2020).</summary>
    public const double Nucleus = 0.95;

    /// <summary>Draws one of the allowed tokens. Takes exactly one number from <paramref name="chance"/>.</summary>
    /// <param name="logits">Shape [73]; not changed.</param>
    /// <param name="allowed">Not empty.</param>
    /// <param name="chance">Source of chance.</param>
    /// <param name="temperature">More spreads the choice.</param>
    public static int Draw(ReadOnlySpan<float> logits, TokenMask allowed, Prng chance, double temperature = Temperature)
    {
        double uniform = chance.NextDouble();
        Span<int> order = stackalloc int[logits.Length];
        Span<double> weight = stackalloc double[logits.Length];
        int count = 0;
        double top = double.NegativeInfinity;
        for (int token = 0; token < logits.Length; token++)
        {
            if (!allowed.Allows(token)) continue;
            order[count++] = token;
            top = Math.Max(top, logits[token]);
        }

        // Negative, so that the default order is from the likeliest down: a comparison of our own would allocate.
        double total = 0;
        for (int i = 0; i < count; i++)
        {
            weight[i] = -Math.Exp((logits[order[i]] - top) / temperature);
            total -= weight[i];
        }

        weight[..count].Sort(order[..count]);
        double kept = 0;
        int size = 0;
        while (size < count && kept < Nucleus * total) kept -= weight[size++];

        double threshold = uniform * kept;
        for (int i = 0; i < size; i++)
        {
            threshold += weight[i];
            if (threshold < 0) return order[i];
        }

        return order[size - 1];
    }

    /// <summary>How likely the model itself found a token, nothing masked, nats.</summary>
    /// <param name="logits">Shape [73].</param>
    /// <param name="token">Which.</param>
    public static double LogProbability(ReadOnlySpan<float> logits, int token)
    {
        double top = double.NegativeInfinity, total = 0;
        foreach (float logit in logits) top = Math.Max(top, logit);
        foreach (float logit in logits) total += Math.Exp(logit - top);
        return logits[token] - top - Math.Log(total);
    }
}
