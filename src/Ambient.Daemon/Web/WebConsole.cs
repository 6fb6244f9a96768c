using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Web;

/// <summary>The console: one page that shows the room, a few buttons, and the room's sound to listen to.</summary>
/// <remarks>
/// No password, so it listens on loopback unless told otherwise. Commands have to carry the header <c>X-Ambient</c>, which a
/// foreign web page can't send without permission that we never give, and come with a local host name, so that no foreign
/// name can be made to point here (DNS rebinding).
/// </remarks>
public sealed partial class WebConsole : IAsyncDisposable
{
    private const string CommandHeader = "X-Ambient";
    private const int LargestCommandBytes = 4_096;

    private readonly WebConfig _config;
    private readonly ControlPlane _control;
    private readonly RoomFeed _rooms;
    private readonly IListenerSource? _listeners;
    private readonly TimeProvider _time;
    private readonly ILogger<WebConsole> _log;
    private readonly WebApplication _app;

    /// <summary>Prepares the console; <see cref="StartAsync"/> opens it.</summary>
    /// <param name="config">Address and port.</param>
    /// <param name="control">Takes the commands, as operator (priority 8).</param>
    /// <param name="rooms">What to show.</param>
    /// <param name="listeners">What to listen to; null where nothing plays.</param>
    /// <param name="time">The clock that drives the daemon.</param>
    /// <param name="log">Where it says that the port is taken.</param>
    public WebConsole(WebConfig config, ControlPlane control, RoomFeed rooms, IListenerSource? listeners, TimeProvider time, ILogger<WebConsole> log)
    {
        (_config, _control, _rooms, _listeners, _time, _log) = (config, control, rooms, listeners, time, log);
        // Empty: no appsettings.json, environment variables or signal handlers of its own; the daemon has those already.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestCommandBytes;
            kestrel.Listen(IPAddress.Parse(config.Bind), config.Port);
        });
        _app = builder.Build();
        _app.Use(Guard);
        _app.MapGet("/", (RequestDelegate)SendPage);
        _app.MapGet("/api/state", (RequestDelegate)SendState);
        _app.MapGet("/api/moods", (RequestDelegate)SendMoods);
        _app.MapGet("/events", (RequestDelegate)SendEvents);
        _app.MapGet("/listen.wav", (RequestDelegate)SendSound);
        _app.MapPost("/api/{thing}/{verb}", (RequestDelegate)TakeCommand);
    }

    /// <summary>Opens the console.</summary>
    /// <returns>Its address, or null when the port is taken: said in the log, and no reason not to play.</returns>
    public async Task<string?> StartAsync()
    {
        try
        {
            await _app.StartAsync();
            return _app.Urls.First();
        }
        catch (IOException problem)
        {
            LogNotOpened(_config.Bind, _config.Port, problem.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Endless streams end by ApplicationStopping; whoever still hangs on is cut off.
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await _app.StopAsync(patience.Token);
        await _app.DisposeAsync();
    }

    private Task Guard(HttpContext http, RequestDelegate next)
    {
        bool isLocalName = http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
        if (!isLocalName && IPAddress.IsLoopback(IPAddress.Parse(_config.Bind)))
            return Refuse(http, StatusCodes.Status403Forbidden, $"'{http.Request.Host.Host}' is not this machine; allowed: localhost, 127.0.0.1, [::1]");
        if (HttpMethods.IsPost(http.Request.Method) && !http.Request.Headers.ContainsKey(CommandHeader))
            return Refuse(http, StatusCodes.Status403Forbidden, $"A command needs the header '{CommandHeader}: 1'");
        http.Response.Headers.ContentSecurityPolicy = "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        return next(http);
    }

    private static async Task SendPage(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        await using Stream page = typeof(WebConsole).Assembly.GetManifestResourceStream("console.html")
            ?? throw new InvalidOperationException("The page console.html is not built into this program.");
        await page.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private Task SendState(HttpContext http) => _rooms.Current is { } room
        ? http.Response.WriteAsJsonAsync(room, RoomJson.Default.RoomSnapshot, cancellationToken: http.RequestAborted)
        : Refuse(http, StatusCodes.Status503ServiceUnavailable, "The room has not been looked at yet; ask again in a second");

    private Task SendMoods(HttpContext http) =>
        http.Response.WriteAsJsonAsync(_control.Moods, RoomJson.Default.IReadOnlyListString, cancellationToken: http.RequestAborted);

    private async Task SendEvents(HttpContext http)
    {
        using CancellationTokenSource end = UntilEitherEnds(http);
        http.Response.ContentType = "text/event-stream";
        await IgnoreHangUp(() => SseFormatter.WriteAsync(Events(end.Token), http.Response.Body, Format, end.Token));

        async IAsyncEnumerable<SseItem<RoomSnapshot>> Events([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (RoomSnapshot room in _rooms.WatchAsync(cancellation))
            {
                yield return new SseItem<RoomSnapshot>(room);
            }
        }

        static void Format(SseItem<RoomSnapshot> item, System.Buffers.IBufferWriter<byte> to)
        {
            using var writer = new Utf8JsonWriter(to);
            JsonSerializer.Serialize(writer, item.Data, RoomJson.Default.RoomSnapshot);
        }
    }

    private async Task SendSound(HttpContext http)
    {
        if (_listeners is null)
        {
            await Refuse(http, StatusCodes.Status404NotFound, "Nothing plays here that could be listened to");
            return;
        }

        using CancellationTokenSource end = UntilEitherEnds(http);
        using IListener stream = _listeners.Open();
        http.Response.ContentType = "audio/wav";
        await IgnoreHangUp(() => WavStream.SendAsync(http.Response.BodyWriter, stream, end.Token));
    }

    private async Task TakeCommand(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        string payload = await reader.ReadToEndAsync(http.RequestAborted);
        string command = $"{http.Request.RouteValues["thing"]}/{http.Request.RouteValues["verb"]}";
        CommandResult result = _control.Handle(command, payload, isRetained: false, _time.GetLocalNow(), by: "console");
        if (result.Problem is { } problem) await Refuse(http, StatusCodes.Status400BadRequest, problem);
        else http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task Refuse(HttpContext http, int status, string problem)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(problem, http.RequestAborted);
    }

    private CancellationTokenSource UntilEitherEnds(HttpContext http) =>
        CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _app.Lifetime.ApplicationStopping);

    private static async Task IgnoreHangUp(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (OperationCanceledException)
        {
            // The listener hung up or the daemon stops: the ordinary end of an endless stream.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The console can't listen on {Bind}:{Port} ({Problem}); Web.Port takes another one, 0 any free one")]
    private partial void LogNotOpened(string bind, int port, string problem);

    /// <summary>The console lives and dies with the daemon, which alone listens to SIGTERM and Ctrl-C.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
