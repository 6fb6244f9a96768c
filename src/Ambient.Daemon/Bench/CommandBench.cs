using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Bench;

/// <summary>From a command's publication to the <c>effective</c> that answers it, through a broker on loopback; and to the first sound that differs.</summary>
internal static class CommandBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Starts, warms up, asks.</summary>
    /// <param name="count">Commands: levels and moods in turn.</param>
    /// <param name="isQuiet">The daemon's log is kept to itself.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">A command was not answered.</exception>
    public static async Task<CommandCost> RunAsync(int count, bool isQuiet, CancellationToken cancellation)
    {
        await using BenchDaemon daemon = await BenchDaemon.StartAsync("calm", cancellation, isQuiet);
        long seen = 0;
        Func<JsonElement, bool> isAnswer = _ => true;
        TaskCompletionSource answer = New();
        await using BrokerClient client = await BrokerClient.ConnectAsync(daemon.Broker.Port, "person", message =>
        {
            long now = Stopwatch.GetTimestamp();
            if (!isAnswer(JsonDocument.Parse(message.Payload).RootElement)) return;
            Volatile.Write(ref seen, now);
            Volatile.Read(ref answer).TrySetResult();
        });
        await client.SubscribeAsync([$"ambient/{BenchDaemon.Zone}/effective"]);
        await answer.Task.WaitAsync(Patience, cancellation);
        await Task.Delay(WarmUp, cancellation);

        var random = new Random(1);
        var took = new double[count];
        string[] moods = ["focus", "calm"];
        for (int i = 0; i < count; i++)
        {
            (string command, string payload) = i % 2 == 0 ? ("level/set", (1 + i / 2 % 99).ToString(CultureInfo.InvariantCulture)) : ("mood/set", moods[i / 2 % 2]);
            string key = command[..^4];
            Volatile.Write(ref answer, New());
            isAnswer = state => (state.GetProperty(key).ToString()) == payload && state.GetProperty(key == "mood" ? "source" : "level_source").GetString() == "mqtt";
            long sent = Stopwatch.GetTimestamp();
            client.Publish($"ambient/{BenchDaemon.Zone}/{command}", Encoding.UTF8.GetBytes(payload), retain: false);
            try
            {
                await Volatile.Read(ref answer).Task.WaitAsync(Patience, cancellation);
            }
            catch (TimeoutException)
            {
                throw new CliException(ExitCodes.Failed, $"{command} {payload} was not answered within {Patience.TotalSeconds} s");
            }

            took[i] = Stopwatch.GetElapsedTime(sent, Volatile.Read(ref seen)).TotalMilliseconds;
            // Slower than the limit of a topic, and never in step with the music.
            await Task.Delay(random.Next(60, 140), cancellation);
        }

        Array.Sort(took);
        FirstAudible heard = FirstAudible.Measure();
        return new CommandCost(Round(took[count / 2]), Round(took[count * 99 / 100]), Round(took[^1]), count, heard.LevelMs, heard.MoodMs, heard.UrgentMs);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}

/// <summary>What <c>bench command --json</c> prints.</summary>
/// <param name="EffectiveMsP50">From publishing a command to receiving the answer, ms.</param>
/// <param name="EffectiveMsP99">The 99th percentile.</param>
/// <param name="EffectiveMsMax">The worst.</param>
/// <param name="Commands">How many.</param>
/// <param name="AudibleLevelMs">From the composer's step that takes a level to the first sample that differs, ms; add up to 107 ms for the step and 171 ms for the device.</param>
/// <param name="AudibleMoodMs">The same for a person's mood.</param>
/// <param name="AudibleUrgentMs">The same for life safety.</param>
internal sealed record CommandCost(double EffectiveMsP50, double EffectiveMsP99, double EffectiveMsMax, int Commands, double AudibleLevelMs, double AudibleMoodMs, double AudibleUrgentMs);
