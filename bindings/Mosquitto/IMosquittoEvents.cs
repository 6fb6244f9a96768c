namespace Ambient.Bindings.Mosquitto;

/// <summary>What a <see cref="MosquittoClient"/> reports, on the thread that runs <see cref="MosquittoClient.Loop"/>. Must not throw.</summary>
public interface IMosquittoEvents
{
    /// <summary>The broker answered a connection request.</summary>
    /// <param name="reason">MQTT 5 reason code: 0 is connected, 128 and above are refusals.</param>
    /// <param name="isResumed">The broker kept our session: what it had under way comes again.</param>
    void OnConnect(int reason, bool isResumed);

    /// <summary>The connection ended.</summary>
    /// <param name="reason">0 after our own farewell; 128 and above is the broker's MQTT 5 reason; anything else an error code of the library.</param>
    void OnDisconnect(int reason);

    /// <summary>The library says what went wrong, where its error code does not: a certificate that was refused.</summary>
    void OnError(string text);

    /// <summary>A message came in; its spans are valid only during the call.</summary>
    void OnMessage(scoped MosquittoMessage message);
}
