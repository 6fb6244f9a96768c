using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ambient.Synth.Tests;

/// <summary>Reads 16-bit WAV files as strictly as a suspicious player would.</summary>
internal static class WavFile
{
    public static short[] Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal((uint)file.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt "u8.ToArray(), file[8..16]);
        Assert.Equal(2, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(22)));
        Assert.Equal(48_000u, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(24)));
        int data = 20 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(16));
        Assert.Equal("data"u8.ToArray(), file[data..(data + 4)]);
        Assert.Equal((uint)(file.Length - data - 8), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(data + 4)));
        return MemoryMarshal.Cast<byte, short>(file.AsSpan(data + 8)).ToArray();
    }
}
