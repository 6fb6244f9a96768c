using System.Runtime.InteropServices;

namespace Ambient.Bindings.Linux;

/// <summary>The calling thread's scheduling class: sched(7).</summary>
public static partial class Scheduling
{
    private const int SchedFifo = 1;
    private const int SchedResetOnFork = 0x40000000;

    /// <summary>Puts the calling thread into SCHED_FIFO.</summary>
    /// <param name="priority">1..99; above the system's other audio threads is rarely wise.</param>
    /// <returns>False without permission (LimitRTPRIO or CAP_SYS_NICE); the thread then stays as it was.</returns>
    public static bool TryUseFifo(int priority)
    {
        var parameter = new SchedParam { Priority = priority };
        return SetScheduler(0, SchedFifo | SchedResetOnFork, in parameter) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setscheduler")]
    private static partial int SetScheduler(int pid, int policy, in SchedParam parameter);

    [StructLayout(LayoutKind.Sequential)]
    private struct SchedParam
    {
        public int Priority;
    }
}
