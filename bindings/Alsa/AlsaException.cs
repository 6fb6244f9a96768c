namespace Ambient.Bindings.Alsa;

/// <summary>A call into libasound failed.</summary>
public sealed class AlsaException : Exception
{
    /// <summary>An unnamed failure.</summary>
    public AlsaException()
    {
    }

    /// <summary>A failure in words.</summary>
    public AlsaException(string message)
        : base(message)
    {
    }

    /// <summary>A failure with its cause.</summary>
    public AlsaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>A failure with function, code and libasound's own text.</summary>
    public AlsaException(int code, string function)
        : base($"{function}: {Asound.Text(code)} ({code})") => Code = code;

    /// <summary>The negative errno that libasound returned; 0 where there was none.</summary>
    public int Code { get; }

    /// <summary>Throws if <paramref name="code"/> is negative.</summary>
    /// <returns><paramref name="code"/>, for calls that also return a number.</returns>
    public static int ThrowIfError(int code, string function) => code >= 0 ? code : throw new AlsaException(code, function);
}
