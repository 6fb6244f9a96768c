namespace Ambient.Synth.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void Synth_knows_the_alsa_binding_and_nobody_else_of_ours()
    {
        IEnumerable<string?> ours = typeof(SynthEngine).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name)
            .Where(name => !name!.StartsWith("System", StringComparison.Ordinal) && name != "netstandard");
        Assert.DoesNotContain(ours, name => name != "Ambient.Bindings.Alsa");
    }
}
