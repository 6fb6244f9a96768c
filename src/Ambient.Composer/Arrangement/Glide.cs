namespace Ambient.Composer.Arrangement;

/// <summary>A number that moves towards its target at a limited speed.</summary>
internal sealed class Glide(double value)
{
    public double Value { get; private set; } = value;

    public void MoveTowards(double target, double mostStep) => Value += Math.Clamp(target - Value, -mostStep, mostStep);

    public void Jump(double target) => Value = target;
}
