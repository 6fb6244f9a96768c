using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace Ambient.Daemon.Web;

/// <summary>A WAV file without an end: a browser plays it while it is being made.</summary>
internal static class WavStream
{
    private const int SampleRateHz = 48_000;
    private const int Channels = 2;
    private const int BytesPerSample = 2;
    private const int HeaderBytes = 44;
    private const uint NoEnd = 0xFFFF_FFFF; // what players take for "until the stream stops"
    private const int BlockSamples = 4_096;

    /// <summary>Sends header and samples until the listener hangs up; a listener who reads too slowly skips, and holds nobody up.</summary>
    internal static async Task SendAsync(PipeWriter to, IListener from, CancellationToken cancellation)
    {
        WriteHeader(to.GetSpan(HeaderBytes));
        to.Advance(HeaderBytes);
        while (!cancellation.IsCancellationRequested)
        {
            int samples = from.Read(MemoryMarshal.Cast<byte, short>(to.GetSpan(BlockSamples * BytesPerSample)[..(BlockSamples * BytesPerSample)]));
            if (samples == 0)
            {
                await from.WaitAsync(cancellation);
                continue;
            }

            to.Advance(samples * BytesPerSample); // WAV is little-endian, and so is every machine that .NET runs on
            FlushResult flushed = await to.FlushAsync(cancellation);
            if (flushed.IsCompleted) return;
        }
    }

    // Source: Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft 1991, "WAVE".
    private static void WriteHeader(Span<byte> header)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], NoEnd);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16); // bytes of the format chunk
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SampleRateHz * Channels * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], Channels * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], BytesPerSample * 8);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[40..], NoEnd);
    }
}
