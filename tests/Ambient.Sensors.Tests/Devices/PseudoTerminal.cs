using System.Runtime.InteropServices;

namespace Ambient.Sensors.Tests.Devices;

/// <summary>Both ends of a serial line, made by the kernel: we hold one, the sensor opens the other.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private readonly int _master;
    private bool _isClosed;

    public unsafe PseudoTerminal()
    {
        _master = OpenMaster(0x2 | 0x100); // O_RDWR | O_NOCTTY
        Assert.True(_master >= 0 && Grant(_master) == 0 && Unlock(_master) == 0);

        // Raw from the beginning: what is written before the sensor opens its end must not be edited like a keyboard's line.
        byte* termios = stackalloc byte[128];
        Assert.Equal(0, GetAttributes(_master, termios));
        MakeRaw(termios);
        Assert.Equal(0, SetAttributes(_master, 0, termios));
        Path = Marshal.PtrToStringUTF8(NameOf(_master))!;
    }

    /// <summary>The other end: /dev/pts/N.</summary>
    public string Path { get; }

    public unsafe void Write(byte[] bytes)
    {
        fixed (byte* source = bytes) Assert.Equal(bytes.Length, WriteTo(_master, source, (nuint)bytes.Length));
    }

    /// <summary>Pulls the plug.</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        _ = CloseFile(_master);
    }

    public void Dispose() => Close();

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static unsafe partial int GetAttributes(int fd, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static unsafe partial int SetAttributes(int fd, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static unsafe partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "posix_openpt")]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt")]
    private static partial int Grant(int fd);

    [LibraryImport("libc", EntryPoint = "unlockpt")]
    private static partial int Unlock(int fd);

    [LibraryImport("libc", EntryPoint = "ptsname")]
    private static partial nint NameOf(int fd);

    [LibraryImport("libc", EntryPoint = "write")]
    private static unsafe partial nint WriteTo(int fd, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int fd);
}
