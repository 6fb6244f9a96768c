using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ambient.System.Tests;

/// <summary>The shipped program as a process of its own, started as a person or systemd would.</summary>
internal sealed partial class DaemonProcess : IDisposable
{
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly SemaphoreSlim _newLine = new(0);

    public DaemonProcess(params string[] arguments)
    {
        _process = new Process { StartInfo = StartOf(arguments) };
        _process.ErrorDataReceived += (_, line) =>
        {
            _log.Enqueue(line.Data ?? "");
            _newLine.Release();
        };
        _process.Start();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote to stderr so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Where the program stands, with its moods and models: that of the same configuration as these tests.</summary>
    public static string Folder
    {
        get
        {
            // …/tests/Ambient.System.Tests/bin/<configuration>/net10.0/
            string here = AppContext.BaseDirectory.TrimEnd('/');
            string configuration = Path.GetFileName(Path.GetDirectoryName(here)!);
            return Path.GetFullPath($"{here}/../../../../../src/Ambient.Daemon/bin/{configuration}/net10.0");
        }
    }

    /// <summary>Waits for the next line on stderr.</summary>
    public Task NextLineAsync(CancellationToken cancellation) => _newLine.WaitAsync(cancellation);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartOf(arguments))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>SIGTERM, as systemd sends it.</summary>
    /// <returns>Exit code, and how long it took.</returns>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(0, Kill(_process.Id, SigTerm));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, Stopwatch.GetElapsedTime(start));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
        _newLine.Dispose();
    }

    private static ProcessStartInfo StartOf(string[] arguments) =>
        new("dotnet", [Path.Combine(Folder, "ambient.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
