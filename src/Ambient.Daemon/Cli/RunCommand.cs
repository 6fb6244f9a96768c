using System.CommandLine;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Room;
using Microsoft.Extensions.Logging.Console;

namespace Ambient.Daemon.Cli;

/// <summary><c>run</c>: the daemon, as systemd runs it.</summary>
internal static class RunCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "configuration file (JSON)", Required = true };
        var speed = new Option<double?>("--speed") { Description = "times real time; frames drive the clock (tests, soak)" };
        var start = new Option<DateTimeOffset?>("--start") { Description = "what the clock says at the first frame, with --speed" };
        var calibration = CalibrationOption.Create();
        var command = new Command("run", "Run the daemon for one room.") { config, speed, start, calibration };
        command.SetAction((parsed, cancellation) => RunAsync(
            AmbientConfig.Load(parsed.GetValue(config)!.FullName), new RunOptions(parsed.GetValue(speed), parsed.GetValue(start), CalibrationOption.Load(parsed.GetValue(calibration))), _ => Task.CompletedTask, cancellation));
        return command;
    }

    /// <summary>Plays a room until a signal or <paramref name="cancellation"/> ends it.</summary>
    /// <param name="config">The room.</param>
    /// <param name="options">Clock and speed.</param>
    /// <param name="started">Called when it plays.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>An exit code.</returns>
    public static async Task<int> RunAsync(AmbientConfig config, RunOptions options, Func<RoomHost, Task> started, CancellationToken cancellation)
    {
        if (options.Speed is { } times and not (>= 0.1 and <= 1_000)) throw new CliException(ExitCodes.Usage, $"--speed is {times}; allowed: 0.1..1000");
        if (options is { Speed: null, Start: not null }) throw new CliException(ExitCodes.Usage, "--start needs --speed: in real time the clock is the system's");
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddSimpleConsole(format => (format.SingleLine, format.ColorBehavior) = (true, LoggerColorBehavior.Disabled));
        // stdout is for results; journald and people read the log on stderr.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton(config).AddSingleton(options).AddHostedService<RoomHost>();
        using IHost host = builder.Build();
        RoomHost room = host.Services.GetServices<IHostedService>().OfType<RoomHost>().Single();
        await host.StartAsync(cancellation);
        await started(room);
        await host.WaitForShutdownAsync(cancellation);
        return Environment.ExitCode;
    }
}
