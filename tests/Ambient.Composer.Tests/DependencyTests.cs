namespace Ambient.Composer.Tests;

public class DependencyTests
{
    [Fact]
    public void The_composer_knows_the_two_vocabularies_and_the_model_runtime_and_nothing_else_of_ours()
    {
        string[] allowed = ["Ambient.Sensors", "Ambient.Synth", "Microsoft.ML.OnnxRuntime"];
        string[] ours = [.. typeof(Conductor).Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name != "netstandard")];
        Assert.All(ours, name => Assert.Contains(name, allowed));
    }
}
