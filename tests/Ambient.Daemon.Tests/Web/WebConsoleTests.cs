using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Room;
using Ambient.Daemon.Tests.Mqtt;
using Ambient.Daemon.Web;

namespace Ambient.Daemon.Tests.Web;

public sealed class WebConsoleTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly RoomFeed _rooms = new();
    private readonly Tone _tone = new();
    private readonly ControlPlane _control = new(new ZoneConfig(), Some.Moods, null);
    private readonly CollectedLog<WebConsole> _log = new();
    private readonly WebConsole _console;
    private readonly HttpClient _http = new() { Timeout = Within.Deadline };

    public WebConsoleTests() => _console = new WebConsole(new WebConfig { Port = 0 }, _control, _rooms, _tone, _time, _log);

    public async Task InitializeAsync() => _http.BaseAddress = new Uri((await _console.StartAsync())!);

    public async Task DisposeAsync() => await _console.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_page_is_one_file_that_asks_nobody_else_for_anything()
    {
        string page = await _http.GetStringAsync("/");
        Assert.StartsWith("<!doctype html>", page);
        Assert.DoesNotContain("http://", page);
        Assert.DoesNotContain("https://", page);
    }

    [Fact]
    public async Task The_state_is_there_once_the_room_has_been_looked_at()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _http.GetAsync("/api/state")).StatusCode);
        _rooms.Publish(Some.Room(Some.Noon));
        using JsonDocument state = JsonDocument.Parse(await _http.GetStringAsync("/api/state"));
        Assert.Equal("lobby", state.RootElement.GetProperty("zone").GetString());
        Assert.Equal(0.93, state.RootElement.GetProperty("context").GetProperty("occupancy").GetDouble());
        Assert.Equal("""["bright","calm","focus","off"]""", await _http.GetStringAsync("/api/moods"));
    }

    [Fact]
    public async Task Events_bring_the_present_and_then_every_change()
    {
        _rooms.Publish(Some.Room(Some.Noon));
        using var reader = new StreamReader(await _http.GetStreamAsync("/events"));
        Assert.Equal("calm", MoodOf(await NextEventAsync(reader)));
        _rooms.Publish(Some.Room(Some.Noon) with { Mood = "focus" });
        Assert.Equal("focus", MoodOf(await NextEventAsync(reader)));
    }

    [Fact]
    public async Task A_button_is_an_operators_command()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync("/api/mood/set", "focus"));
        EffectiveState state = _control.Effective(_time.GetUtcNow());
        Assert.Equal(("focus", Priorities.Operator, "console"), (state.Mood, state.Priority, state.Source));
    }

    [Fact]
    public async Task A_wrong_command_is_answered_with_what_is_allowed()
    {
        using HttpRequestMessage request = Command("/api/mood/set", "disco");
        using HttpResponseMessage answer = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("mood/set is 'disco'; allowed: bright, calm, focus, off", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_foreign_page_can_not_send_commands()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.PostAsync("/api/mood/set", new StringContent("focus"))).StatusCode);
        using HttpRequestMessage rebound = Command("/api/mood/set", "focus");
        rebound.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(rebound)).StatusCode);
        Assert.Equal("calm", _control.Effective(_time.GetUtcNow()).Mood);
    }

    [Fact]
    public async Task A_command_larger_than_any_real_one_is_refused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/api/override/set", new string('x', 100_000)));
    }

    [Fact]
    public async Task Listening_brings_an_endless_wav_of_what_is_played_without_a_gap()
    {
        Stream sound = await _http.GetStreamAsync("/listen.wav");
        var bytes = new byte[44 + 200_000]; // more than what is there at once
        await sound.ReadExactlyAsync(bytes);
        Assert.Equal("RIFF", System.Text.Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal(0xFFFF_FFFF, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)));
        Assert.Equal(48_000, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24)));
        Assert.Equal(0xFFFF_FFFF, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(40)));
        for (int sample = 0; sample < 100_000; sample++)
            Assert.Equal(unchecked((short)sample), BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(44 + 2 * sample)));
        await sound.DisposeAsync();
    }

    [Fact]
    public async Task The_console_closes_at_once_although_people_listen_and_watch()
    {
        _rooms.Publish(Some.Room(Some.Noon));
        await using Stream sound = await _http.GetStreamAsync("/listen.wav");
        await using Stream events = await _http.GetStreamAsync("/events");
        await _console.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(0, _tone.Listeners);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_and_is_no_reason_not_to_play()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var second = new WebConsole(new WebConfig { Port = port }, _control, _rooms, null, _time, _log);
        Assert.Null(await second.StartAsync());
        Assert.StartsWith($"The console can't listen on 127.0.0.1:{port}", await _log.NextAsync());
    }

    private static string? MoodOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("mood").GetString();
    }

    private static async Task<string> NextEventAsync(StreamReader reader)
    {
        while (true)
        {
            string? line = await reader.ReadLineAsync().WaitAsync(Within.Deadline);
            if (line?.StartsWith("data: ", StringComparison.Ordinal) == true) return line[6..];
        }
    }

    private static HttpRequestMessage Command(string path, string payload)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(payload) };
        request.Headers.Add("X-Ambient", "1");
        return request;
    }

    private async Task<HttpStatusCode> PostAsync(string path, string payload)
    {
        using HttpRequestMessage request = Command(path, payload);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }
}
