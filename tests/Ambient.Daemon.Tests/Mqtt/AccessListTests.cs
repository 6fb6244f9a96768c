using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class AccessListTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-acl-");

    [Fact]
    public void Whatever_the_zone_publishes_may_be_published()
    {
        var topics = new MqttTopics("ambient", "lobby", []);
        var sent = new Sent();
        new StatePublisher(topics, sent).Publish(Some.Room(Some.Noon));
        Assert.All(sent.Messages, message => Assert.Contains(message.Topic, topics.Published));
    }

    [Fact]
    public async Task With_the_fleet_pages_list_each_user_is_a_zone_of_that_name_and_no_other()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "fleet.md"));
        string list = Regex.Match(page, "```\n(# zones: .*?)```", RegexOptions.Singleline).Groups[1].Value;
        AmbientConfig config = AmbientConfig.Parse("""{ "Zone": { "Id": "lobby", "Groups": ["floor-2"] }, "Mqtt": { "Username": "lobby" } }""", "room.json");
        // Whatever a zone publishes stands in the list.
        Assert.All(new MqttTopics("ambient", "%u", []).Published, topic => Assert.Contains($"write {topic}\n", list));
        await WorksAsync(config, list);
    }

    [Fact]
    public async Task With_its_list_a_real_broker_lets_the_zone_do_its_work_and_no_other_zones()
    {
        AmbientConfig config = AmbientConfig.Parse("""{ "Zone": { "Id": "lobby", "Groups": ["floor-2"] }, "Mqtt": { "Username": "lobby-user" } }""", "room.json");
        await WorksAsync(config, AccessList.Of(config));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private async Task WorksAsync(AmbientConfig config, string list)
    {
        string acl = Path.Combine(_folder.FullName, "acl"), password = Path.Combine(_folder.FullName, "password");
        // Who watches may see and send everything; mosquitto reads this file before it becomes another user.
        await File.WriteAllTextAsync(acl, "topic readwrite #\n" + list);
        using var broker = new Broker(settings: $"acl_file {acl}");
        await broker.StartAsync();
        await File.WriteAllTextAsync(password, "unused");
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        await using var link = new MqttLink(
            config.Mqtt with { Host = "127.0.0.1", Port = broker.Port, PasswordFile = password }, new MqttTopics("ambient", "lobby", ["floor-2"]), TimeProvider.System, new CollectedLog<MqttLink>());
        link.Start();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));

        link.Publish("ambient/elsewhere/mood", "stolen"u8, retain: false);
        link.Publish("ambient/lobby/mood", "calm"u8, retain: false);
        (string topic, string payload) seen;
        do
        {
            (string topic, string payload, bool _) = await listener.NextAsync(CancellationToken.None).AsTask().WaitAsync(Within.Deadline);
            seen = (topic, payload);
            Assert.NotEqual("stolen", payload);
        }
        while (seen != ("ambient/lobby/mood", "calm"));

        listener.Publish("ambient/floor-2/mood/set", "focus");
        MqttMessage command = await link.Orders.ReadAsync().AsTask().WaitAsync(Within.Deadline);
        Assert.Equal(("ambient/floor-2/mood/set", "focus"), (command.Topic, Encoding.UTF8.GetString(command.Payload.Span)));
    }
}
