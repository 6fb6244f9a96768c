using System.Text.Json;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>RFC 9535 without functions; the shop is the document of its section 1.5, other documents those of its tables.</summary>
public sealed class JsonPathTests
{
    private const string Shop =
        """
        { "store": { "book": [
          { "category": "reference", "author": "Nigel Rees", "title": "Sayings of the Century", "price": 8.95 },
          { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword of Honour", "price": 12.99 },
          { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 },
          { "category": "fiction", "author": "J. R. R. Tolkien", "title": "The Lord of the Rings", "isbn": "0-395-19395-8", "price": 22.99 } ],
          "bicycle": { "color": "red", "price": 399 } } }
        """;

    private const string Letters = """{ "a": [3, 5, 1, 2, 4, 6, { "b": "j" }, { "b": "k" }, { "b": {} }, { "b": "kilo" }], "o": { "p": 1, "q": 2, "r": 3, "s": 5, "t": { "u": 6 } }, "e": "f" }""";

    [Theory]
    [InlineData("$.store.book[*].author", 4, "Nigel Rees")]
    [InlineData("$..author", 4, "Nigel Rees")]
    [InlineData("$.store.*", 2, null)]
    [InlineData("$.store..price", 5, "8.95")]
    [InlineData("$..book[2].title", 1, "Moby Dick")]
    [InlineData("$..book[2].publisher", 0, null)]
    [InlineData("$..book[-1].title", 1, "The Lord of the Rings")]
    [InlineData("$..book[0,1].title", 2, "Sayings of the Century")]
    [InlineData("$..book[:2].title", 2, "Sayings of the Century")]
    [InlineData("$..book[?@.isbn].title", 2, "Moby Dick")]
    [InlineData("$..book[?(@.price < 10)].title", 2, "Sayings of the Century")]
    [InlineData("$..book[?@.category == 'fiction' && @.price < 10].title", 1, "Moby Dick")]
    [InlineData("store.bicycle['color', \"price\"]", 2, "red")]
    public void The_shop_of_the_standard(string path, int count, string? first) => Finds(Shop, path, count, first);

    [Theory]
    [InlineData("$.a[?@.b == 'kilo'].b", 1, "kilo")]
    [InlineData("$.a[?(@.b == 'kilo')].b", 1, "kilo")]
    [InlineData("$.a[?@ > 3.5]", 3, "5")]
    [InlineData("$.a[?@.b]", 4, null)]
    [InlineData("$[?@.*]", 2, null)]
    [InlineData("$[?@[?@.b]]", 1, null)]
    [InlineData("$.a[?@ < 2 || @.b == \"k\"]", 2, "1")]
    [InlineData("$.o[?@ > 1 && @ < 4]", 2, "2")]
    [InlineData("$.o[?@.u || @.x]", 1, null)]
    [InlineData("$.a[?@.b == $.x]", 6, "3")] // nothing equals nothing
    [InlineData("$.a[?@ == @]", 10, "3")]
    [InlineData("$.a[?!@.b]", 6, "3")]
    [InlineData("$.a[?!(@.b || @ == 3)]", 5, "5")]
    [InlineData("$.a[?@.b != 'j' && @.b >= 'k'].b", 2, "k")]
    [InlineData("$.a[1:3]", 2, "5")]
    [InlineData("$.a[8:]", 2, null)]
    [InlineData("$.a[1:5:2]", 2, "5")]
    [InlineData("$.a[5:1:-2]", 2, "6")]
    [InlineData("$.a[:4:-1].b", 4, "kilo")]
    [InlineData("$.a[-100]", 0, null)]
    [InlineData("$.a[::0]", 0, null)]
    [InlineData("$.e[0]", 0, null)]
    [InlineData("$['\\u0065']", 1, "f")]
    public void The_tables_of_the_standard(string path, int count, string? first) => Finds(Letters, path, count, first);

    [Theory]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$.a.")]
    [InlineData("$a")]
    [InlineData("$.[0]")]
    [InlineData("$[")]
    [InlineData("$[]")]
    [InlineData("$[0")]
    [InlineData("$[a]")]
    [InlineData("$[1:2:3:4]")]
    [InlineData("$['a]")]
    [InlineData("$['\\q']")]
    [InlineData("$[?]")]
    [InlineData("$[?@.a = 1]")]
    [InlineData("$[?@.a ==]")]
    [InlineData("$[?(@.a == 1]")]
    [InlineData("$[?1]")]
    [InlineData("$[?@.* == 1]")] // which of them?
    [InlineData("$[?length(@.a) > 1]")]
    [InlineData("$.a.length()")]
    public void What_is_no_path_is_told_before_any_message_arrives(string path) => Assert.Null(JsonPath.Parse(path));

    [Fact]
    public void Brackets_without_end_are_refused_before_the_stack_ends() => Assert.Null(JsonPath.Parse($"$[?{new string('(', 100_000)}@.a{new string(')', 100_000)}]"));

    [Fact]
    public void A_document_made_to_keep_a_path_busy_does_not()
    {
        string nested = string.Concat(Enumerable.Repeat("[1,", 60)) + "1" + new string(']', 60);
        Finds($"[{string.Join(',', Enumerable.Repeat(nested, 200))}]", "$..*..*..*", null, null);
    }

    [Theory]
    [InlineData("$[?@.n == 'temperature'].v", "temperature", 27.2)]
    [InlineData("$[?@.u == '%RH'].v", "humidity", 80)]
    public void Sensor_measurement_lists_are_read_by_the_name_of_the_record(string path, string quantity, double value) =>
        Assert.Equal(value, Decoding.Generic("""[{"n":"temperature","u":"Cel","v":27.2},{"n":"humidity","u":"%RH","v":80}]""", new GenericMapping { Topic = "#", Path = path, Quantity = quantity }).Only().Value);

    [Fact]
    public void Of_several_values_none_is_believed() =>
        Assert.Equal("$[*].v has several values; one would be right", Decoding.Generic("""[{"v":27.2},{"v":80}]""", new GenericMapping { Topic = "#", Path = "$[*].v", Quantity = "temperature" }).Refused());

    private static void Finds(string document, string path, int? count, string? first)
    {
        using var json = JsonDocument.Parse(document);
        int found = JsonPath.Parse(path)!.Find(json.RootElement, json.RootElement, out JsonElement value);
        Assert.Equal(count ?? found, found);
        if (first is not null) Assert.Equal(first, value.ToString());
    }
}
