using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ambient.Bindings.Linux;

/// <summary>One input line of a GPIO character device, uAPI v2 (linux/gpio.h, kernel 5.10 and later).</summary>
public sealed unsafe partial class GpioLine : IDisposable
{
    private const int OpenReadWriteCloseOnExec = 0x2 | 0x80000; // O_RDWR | O_CLOEXEC
    private const short PollIn = 1;
    private const int Interrupted = 4; // EINTR
    private const nuint GetLineRequest = 0xc250b407; // GPIO_V2_GET_LINE_IOCTL
    private const nuint GetValuesRequest = 0xc010b40e; // GPIO_V2_LINE_GET_VALUES_IOCTL

    private readonly SafeFileHandle _line;

    private GpioLine(SafeFileHandle line) => _line = line;

    /// <summary>Takes a line and asks for events on both edges, with the kernel's timestamps.</summary>
    /// <param name="chip">The character device: <c>/dev/gpiochip0</c>.</param>
    /// <param name="line">Offset on that chip; on a Raspberry Pi the GPIO number.</param>
    /// <param name="bias">Pull resistor.</param>
    /// <param name="isActiveLow">Whether a low level counts as 1.</param>
    /// <param name="debounceMicroseconds">How long a level must hold before it counts, in the kernel; 0 for none.</param>
    /// <exception cref="IOException">No such chip or line, no permission, or the line is in use (EBUSY).</exception>
    public static GpioLine Open(string chip, int line, GpioBias bias, bool isActiveLow, uint debounceMicroseconds)
    {
        int chipFd = OpenFile(chip, OpenReadWriteCloseOnExec);
        if (chipFd < 0) throw Failure($"open {chip}");
        using var chipHandle = new SafeFileHandle(chipFd, ownsHandle: true);
        GpioLineRequest request = GpioLineRequest.Input(line, bias, isActiveLow, debounceMicroseconds);
        if (Control(chipFd, GetLineRequest, &request) < 0) throw Failure($"{chip} line {line}");
        return new GpioLine(new SafeFileHandle(request.FileDescriptor, ownsHandle: true));
    }

    /// <summary>The level now: true for 1, after <c>isActiveLow</c>.</summary>
    /// <exception cref="IOException">The chip is gone.</exception>
    public bool Read()
    {
        var values = new GpioLineValues { Mask = 1 };
        if (Control((int)_line.DangerousGetHandle(), GetValuesRequest, &values) < 0) throw Failure("GPIO_V2_LINE_GET_VALUES_IOCTL");
        return (values.Bits & 1) != 0;
    }

    /// <summary>Waits for an edge.</summary>
    /// <param name="timeoutMs">How long at most.</param>
    /// <param name="edge">The next edge; only when true is returned.</param>
    /// <exception cref="IOException">The chip is gone.</exception>
    public bool TryWait(int timeoutMs, out GpioEdge edge)
    {
        edge = default;
        var poll = new PollDescriptor { FileDescriptor = (int)_line.DangerousGetHandle(), Events = PollIn };
        int ready = Poll(&poll, 1, timeoutMs);
        if (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted) throw Failure("poll");
        if (ready <= 0) return false;
        GpioLineEvent happened;
        nint count = ReadFile(poll.FileDescriptor, &happened, (nuint)sizeof(GpioLineEvent));
        if (count != sizeof(GpioLineEvent)) throw count < 0 ? Failure("read of a line event") : new IOException($"read of a line event: {count} bytes instead of {sizeof(GpioLineEvent)}");
        edge = new GpioEdge(happened.Id == GpioLineEvent.RisingEdge, TimeSpan.FromTicks((long)(happened.TimestampNs / 100)));
        return true;
    }

    /// <summary>The kernel's CLOCK_MONOTONIC, which the timestamps are of.</summary>
    public static TimeSpan MonotonicNow()
    {
        TimeSpec now;
        _ = ClockGetTime(1, &now); // CLOCK_MONOTONIC is always there
        return TimeSpan.FromSeconds(now.Seconds) + TimeSpan.FromTicks(now.Nanoseconds / 100);
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private static IOException Failure(string what)
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException($"{what}: {Marshal.GetPInvokeErrorMessage(code)} ({code})", code); // errno as HResult
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int fd, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(int fd, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ClockGetTime(int clock, TimeSpec* time);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int FileDescriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
