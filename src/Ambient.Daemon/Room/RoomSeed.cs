using System.Security.Cryptography;
using System.Text;

namespace Ambient.Daemon.Room;

/// <summary>Where a room's seed comes from when nobody sets one.</summary>
internal static class RoomSeed
{
    /// <summary>From this machine's id and the zone's: no two rooms sound the same, and a room keeps its own music across restarts.</summary>
    public static ulong Of(string zone)
    {
        string machine = File.Exists("/etc/machine-id") ? File.ReadAllText("/etc/machine-id").Trim() : Environment.MachineName;
        return BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"ambient {machine} {zone}")));
    }

    /// <summary>The seed of a place's motif: from its name alone, so that every room of it has the same.</summary>
    public static ulong OfPlace(string place) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"ambient place {place}")));
}
