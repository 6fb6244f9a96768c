using System.Text.RegularExpressions;
using Ambient.Daemon.Configuration;
using Ambient.Sensors;

namespace Ambient.Daemon.Tests.Configuration;

public sealed partial class SensorPagesTests
{
    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "sensor-pages"), "*.md").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_wiring_page_says_is_accepted_as_it_stands(string page)
    {
        MatchCollection examples = Example().Matches(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sensor-pages", page)));
        Assert.NotEmpty(examples);
        foreach (Match example in examples)
        {
            string json = example.Groups[1].Value.Trim();
            string file = json.StartsWith('"') ? "{" + json + "}" : """{"Sensors": {"Devices": [""" + json + "]}}";
            SensorsConfig setup = AmbientConfig.Parse(file, page).SensorSetup;
            if (json.Contains("\"Sources\"", StringComparison.Ordinal)) Assert.NotEmpty(setup.Sources);
            else Assert.Single(setup.Devices);
        }
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
