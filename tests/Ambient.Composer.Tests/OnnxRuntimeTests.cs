using Microsoft.ML.OnnxRuntime;

namespace Ambient.Composer.Tests;

public sealed class OnnxRuntimeTests
{
    /// <summary>next_state = state + x, shapes [1, 2], opset 15: the smallest model that carries a state.</summary>
    private const string Accumulator =
        "CAg6dQobCgF4CgVzdGF0ZRIKbmV4dF9zdGF0ZSIDQWRkEgphY2N1bXVsYXRlWhMKAXgSDgoMCAESCAoCCAEKAggCWhcKBXN0YXRlEg4KDAgBEggKAggBCgIIAmIcCgpuZXh0X3N0YXRlEg4KDAgBEggKAggBCgIIAkIECgAQDw==";

    [Fact]
    public void Binding_compiled_from_npm_runs_a_model_and_allocates_nothing_per_call()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        using var session = new InferenceSession(Convert.FromBase64String(Accumulator), options);
        float[] x = [1, 2], state = [10, 20], nextState = [0, 0];
        using var xValue = OrtValue.CreateTensorValueFromMemory(x, [1, 2]);
        using var stateValue = OrtValue.CreateTensorValueFromMemory(state, [1, 2]);
        using var nextStateValue = OrtValue.CreateTensorValueFromMemory(nextState, [1, 2]);
        using var binding = session.CreateIoBinding();
        using var run = new RunOptions();
        binding.BindInput("x", xValue);
        binding.BindInput("state", stateValue);
        binding.BindOutput("next_state", nextStateValue);

        session.RunWithBinding(run, binding);
        Assert.Equal([11f, 22f], nextState);

        for (int i = 0; i < 100; i++) session.RunWithBinding(run, binding);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) session.RunWithBinding(run, binding);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
