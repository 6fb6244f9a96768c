namespace Ambient.Bindings.Mosquitto;

/// <summary>What a <see cref="MosquittoClient"/> reports, on the thread that runs <see cref="MosquittoClient.Loop"/>. Must not throw.</summary>
public interface IMosquittoEvents
{
    /// <summary>The broker answered a connection request.</summary>
    /// <param name="reason">MQTT 5 reason code: 0 is connected, 128 and above are refusals.</param>
    void OnConnect(int reason);

    /// <summary>A message came in; its spans are valid only during the call.</summary>
    void OnMessage(scoped MosquittoMessage message);
}
