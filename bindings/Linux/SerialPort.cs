using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ambient.Bindings.Linux;

/// <summary>A serial line in raw mode, 8 bits, no parity, 1 stop bit: termios(3).</summary>
public sealed unsafe partial class SerialPort : IDisposable
{
    private const int OpenFlags = 0x2 | 0x100 | 0x80000; // O_RDWR | O_NOCTTY | O_CLOEXEC
    private const int TermiosBytes = 128; // struct termios of glibc is 60 bytes
    private const short PollIn = 1;
    private const int Interrupted = 4; // EINTR

    private readonly SafeFileHandle _line;

    private SerialPort(SafeFileHandle line) => _line = line;

    /// <summary>Opens a line and makes it raw.</summary>
    /// <param name="path">The device: <c>/dev/ttyAMA0</c>, <c>/dev/serial0</c>, <c>/dev/ttyUSB0</c>.</param>
    /// <param name="baud">Bits per second: 9600, 19200, 38400, 57600, 115200, 230400 or 256000 (which Linux calls by its own number).</param>
    /// <exception cref="IOException">No such device, no permission, or it refuses.</exception>
    public static SerialPort Open(string path, int baud)
    {
        int fd = OpenFile(path, OpenFlags);
        if (fd < 0) throw Failure($"open {path}");
        var line = new SafeFileHandle(fd, ownsHandle: true);
        try
        {
            MakeRaw(fd, path, baud);
            return new SerialPort(line);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Reads what is there; waits for it.</summary>
    /// <returns>Bytes read; 0 when nothing came in time.</returns>
    /// <exception cref="IOException">The line is gone.</exception>
    public int Read(Span<byte> bytes, int timeoutMs)
    {
        var poll = new PollDescriptor { FileDescriptor = (int)_line.DangerousGetHandle(), Events = PollIn };
        int ready = Poll(&poll, 1, timeoutMs);
        if (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw Failure("poll");
        if (ready <= 0) return 0;
        fixed (byte* target = bytes)
        {
            nint count = ReadFile(poll.FileDescriptor, target, (nuint)bytes.Length);
            if (count < 0) throw Failure("read");
            return count > 0 ? (int)count : throw new IOException("the serial line was closed at its other end");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private static void MakeRaw(int fd, string path, int baud)
    {
        byte* termios = stackalloc byte[TermiosBytes];
        if (GetAttributes(fd, termios) < 0) throw Failure($"{path} is no serial line");
        MakeRaw(termios);
        uint speed = baud switch { 9_600 => 13, 19_200 => 14, 38_400 => 15, 57_600 => 0x1001, 230_400 => 0x1003, _ => 0x1002 };
        _ = SetSpeed(termios, speed); // fails only for numbers that the line above can't give
        if (SetAttributes(fd, 0, termios) < 0) throw Failure($"tcsetattr {path}");
        if (baud == 256_000) SetUnusualSpeed(fd, path, baud);
    }

    // 256 000 baud, the radar's own, has no name in termios: struct termios2 takes any number.
    private static void SetUnusualSpeed(int fd, string path, int baud)
    {
        const nuint Get = 0x802C542A, Set = 0x402C542B; // TCGETS2, TCSETS2
        const uint SpeedMask = 0x100F, OtherSpeed = 0x1000; // CBAUD, BOTHER
        uint* termios2 = stackalloc uint[11]; // 4 words of flags, 20 bytes of line and characters, 2 words of speed
        if (Control(fd, Get, termios2) < 0) throw Failure($"TCGETS2 {path}");
        termios2[2] = termios2[2] & ~(SpeedMask | SpeedMask << 16) | OtherSpeed | OtherSpeed << 16;
        termios2[9] = termios2[10] = (uint)baud;
        if (Control(fd, Set, termios2) < 0) throw Failure($"{path} does not do {baud} baud");
    }

    private static IOException Failure(string what)
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(code)} ({code})", code); // errno as HResult
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int fd, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int fd, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "cfsetspeed", SetLastError = true)]
    private static partial int SetSpeed(byte* termios, uint speed);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(int fd, void* buffer, nuint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int FileDescriptor;
        public short Events;
        public short Returned;
    }
}
