using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Ambient.Daemon.Configuration;
using Ambient.Sensors;
using Ambient.Sensors.Payloads;

namespace Ambient.Daemon.Tests.Configuration;

/// <summary>docs/sensors: configurations are accepted as they stand, and messages give what the page says behind <c>#</c>.</summary>
public sealed partial class SensorPagesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "sensor-pages");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Folder, "*.md").Select(path => Path.GetFileName(path))];

    public static TheoryData<string> PagesWithMessages => [.. Directory.GetFiles(Folder, "*.md").Where(path => Messages().IsMatch(File.ReadAllText(path))).Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_wiring_page_says_is_accepted_as_it_stands(string page)
    {
        string[] examples = Configurations(page);
        Assert.NotEmpty(examples);
        foreach (string json in examples)
        {
            SensorsConfig setup = Parse(json, page);
            if (json.Contains("\"Sources\"", StringComparison.Ordinal)) Assert.NotEmpty(setup.Sources);
            else Assert.Single(setup.Devices);
        }
    }

    [Theory]
    [MemberData(nameof(PagesWithMessages))]
    public void The_messages_of_a_page_give_what_the_page_says(string page)
    {
        IReadOnlyList<SourceConfig> sources = Parse(Configurations(page)[0], page).Sources;
        var routes = sources.Select(source => (Filters: PayloadCatalog.TopicsOf(source), Decoder: PayloadCatalog.Create(source))).ToList();
        string[] lines = Messages().Match(File.ReadAllText(Path.Combine(Folder, page))).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 3, 30);
        foreach (string line in lines)
        {
            string[] halves = line.Split("  # ");
            string[] parts = halves[0].Split(' ', 2);
            var message = new SensorMessage(parts[0], Encoding.UTF8.GetBytes(parts[1]), false, DateTimeOffset.UnixEpoch);
            var (readings, problems) = (new List<Reading>(), new List<string>());
            foreach (var (filters, decoder) in routes)
                if (filters.Any(filter => TopicFilter.Matches(filter, message.Topic))) decoder.Decode(message, readings, problems);
            string said = readings.Count > 0
                ? string.Join(", ", readings.Select(reading => string.Create(CultureInfo.InvariantCulture, $"{Quantities.NameOf(reading.Quantity)} {Math.Round(reading.Value, 6)}")).Order())
                : problems.Count > 0 ? "a problem" : "nothing";
            string expected = halves[1].StartsWith("a problem", StringComparison.Ordinal) ? "a problem" : string.Join(", ", halves[1].Trim().Split(", ").Order());
            Assert.True(said == expected, $"{page}: {line} gives {said} {string.Join("; ", problems)}");
        }
    }

    [Fact]
    public void Every_ecosystem_has_a_page_and_the_index_names_every_page()
    {
        string index = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sensors.md"));
        Assert.All(Directory.GetFiles(Folder, "*.md"), page => Assert.Contains($"(sensors/{Path.GetFileName(page)})", index, StringComparison.Ordinal));
        string all = string.Concat(Directory.GetFiles(Folder, "*.md").Select(File.ReadAllText));
        Assert.All(PayloadCatalog.Names.Split(", ").Except(["everything-presence-one"]), ecosystem => Assert.Contains($"\"Ecosystem\": \"{ecosystem}\"", all, StringComparison.Ordinal));
    }

    private static string[] Configurations(string page) => [.. Example().Matches(File.ReadAllText(Path.Combine(Folder, page))).Select(match => match.Groups[1].Value.Trim())];

    private static SensorsConfig Parse(string json, string page) =>
        AmbientConfig.Parse(json.StartsWith('"') ? "{" + json + "}" : """{"Sensors": {"Devices": [""" + json + "]}}", page).SensorSetup;

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Messages();
}
