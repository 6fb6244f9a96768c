using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ambient.Synth.Tests;

/// <summary>Reads WAV files as strictly as a suspicious player would.</summary>
internal static class WavFile
{
    public static short[] Read(string path) => MemoryMarshal.Cast<byte, short>(Data(path, 16)).ToArray();

    /// <summary>A file of 24 or 32 bits, as Q31.</summary>
    public static int[] ReadWide(string path, int bits)
    {
        byte[] data = Data(path, bits);
        if (bits == 32) return MemoryMarshal.Cast<byte, int>(data).ToArray();
        return [.. data.Chunk(3).Select(sample => sample[0] << 8 | sample[1] << 16 | sample[2] << 24)];
    }

    private static byte[] Data(string path, int bits)
    {
        byte[] file = File.ReadAllBytes(path);
        int frameBytes = 2 * bits / 8;
        Assert.Equal("RIFF"u8.ToArray(), file[..4]);
        Assert.Equal((uint)file.Length - 8, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)));
        Assert.Equal("WAVEfmt "u8.ToArray(), file[8..16]);
        Assert.Equal(1, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(20))); // PCM
        Assert.Equal(2, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(22)));
        Assert.Equal(48_000u, BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(24)));
        Assert.Equal((uint)(48_000 * frameBytes), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(28)));
        Assert.Equal(frameBytes, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(32)));
        Assert.Equal(bits, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(34)));
        int data = 20 + (int)BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(16));
        Assert.Equal("data"u8.ToArray(), file[data..(data + 4)]);
        Assert.Equal((uint)(file.Length - data - 8), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(data + 4)));
        return file[(data + 8)..];
    }
}
