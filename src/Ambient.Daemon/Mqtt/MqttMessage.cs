using System.Security.Cryptography;
using System.Text;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.Mqtt;

/// <summary>A message from the broker, copied out of the library's memory.</summary>
/// <param name="Topic">Full topic.</param>
/// <param name="Payload">Raw bytes, at most <see cref="MqttLink.LargestPayload"/>.</param>
/// <param name="IsRetained">A copy that the broker had kept: its age is unknown.</param>
/// <param name="Id">The packet's number in the session; 0 where a message is sent once and no more.</param>
/// <param name="MayRepeat">The session was taken up again just before: the broker may have sent it already.</param>
public readonly record struct MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained, int Id = 0, bool MayRepeat = false)
{
    /// <summary>By what a second copy is recognised; null where there is none.</summary>
    public Delivery? Delivery => Id == 0 ? null : new Delivery($"{Id}:{Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(Topic), 0, .. Payload.Span]))[..16]}", MayRepeat);
}
