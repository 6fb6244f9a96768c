namespace Ambient.Bindings.Mosquitto;

/// <summary>An incoming message, lying in the library's memory.</summary>
public readonly ref struct MosquittoMessage
{
    internal MosquittoMessage(ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, bool isRetained, int id)
    {
        TopicUtf8 = topic;
        Payload = payload;
        IsRetained = isRetained;
        Id = id;
    }

    /// <summary>The full topic, UTF-8.</summary>
    public ReadOnlySpan<byte> TopicUtf8 { get; }

    /// <summary>Raw bytes; may be empty.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>A copy that the broker had kept, sent because of a new subscription.</summary>
    public bool IsRetained { get; }

    /// <summary>The packet's number in this session, the same when it is sent again; 0 at QoS 0.</summary>
    public int Id { get; }
}
