namespace Ambient.Bindings.Mosquitto;

/// <summary>A call of libmosquitto failed in a way that only a mistake in its arguments explains.</summary>
public sealed class MosquittoException(string function, int code)
    : Exception($"{function} failed: {MosquittoClient.TextOf(code)} ({code})")
{
    /// <summary><c>enum mosq_err_t</c>.</summary>
    public int Code { get; } = code;
}
