using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

/// <summary>The one shape of filters: what it expresses, what of it is wrong, and who may send it.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class FilterShapeTests(ApiSystem system, ITestOutputHelper output)
{
    private const string EveryField =
        """
        {
          "name": "n", "disabled": false, "order": 1,
          "query": { "from": "a", "to": "b", "subject": "c", "listId": "d", "text": "e", "hasAttachments": true, "size": 5 },
          "action": { "seen": true, "flag": true, "delete": false, "spam": false, "mailbox": "0123456789abcdef01234567", "targets": ["a@b.test"] },
          "extension": {
            "match": "any",
            "conditions": [
              { "type": "header", "not": true, "name": "x", "op": "regex", "value": "a.*b" },
              { "type": "size", "min": 1, "max": 2 },
              { "type": "date", "from": "2026-01-01", "to": "2026-12-31", "zone": "UTC", "of": "header" },
              { "type": "weekday", "days": ["mon"] }
            ],
            "actions": {
              "mailbox": { "path": "a/b", "create": true }, "seen": true, "flagged": true, "keywords": ["k"], "spam": false,
              "delete": false, "reject": "no", "forward": ["c@d.test"], "redirect": ["e@f.test"], "stop": true
            }
          }
        }
        """;

    private const int Rounds = 300;

    private static readonly Dictionary<string, FilterExtension> Extensions = new()
    {
        { "any", new FilterExtension { Match = "any", Conditions = [Text("sender", "exists", null), Text("tag", "equals", "lists")] } },
        { "not", new FilterExtension { Conditions = [new FilterCondition { Type = "list", Not = true }] } },
        { "header", new FilterExtension { Conditions = [Header("exists", null), Header("equals", "1"), Header("contains", "x"), Header("wildcard", "a*?"), Header("regex", "^[0-9]+$")] } },
        { "envelope", new FilterExtension { Conditions = [Text("sender", "wildcard", "*@boss.test"), Text("recipient", "contains", "me"), Text("originalRecipient", "equals", "a@b.test")] } },
        { "attachments", new FilterExtension { Conditions = [Text("attachmentName", "wildcard", "*.exe"), Text("attachmentType", "contains", "zip")] } },
        { "ranges", new FilterExtension { Conditions = [new FilterCondition { Type = "size", Min = 1, Max = 1L << 40 }, new FilterCondition { Type = "spamScore", Min = 4.5 }] } },
        { "days", new FilterExtension { Conditions = [new FilterCondition { Type = "date", From = "2026-01-01", To = "2026-01-31", Zone = "Europe/Tallinn", Of = "header" }, new FilterCondition { Type = "weekday", Days = ["sat", "sun"] }] } },
        { "body", new FilterExtension { Conditions = [Text("body", "contains", "lottery")] } },
        { "mailbox", new FilterExtension { Actions = new FilterActions { Mailbox = new FilterMailbox { Path = "Work/Urgent", Create = true }, Stop = true } } },
        { "marks", new FilterExtension { Actions = new FilterActions { Seen = true, Flagged = false, Keywords = ["$Important"], Spam = false, Delete = false } } },
        { "reject", new FilterExtension { Actions = new FilterActions { Reject = "Not wanted here." } } },
        { "forward", new FilterExtension { Actions = new FilterActions { Forward = ["a@b.test"], Redirect = ["c@d.test"] } } },
    };

    public static TheoryData<string> Names() => [.. Extensions.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Extension_is_stored_read_and_tried_as_it_was_given(string name)
    {
        var extension = Extensions[name];
        var user = await system.NewUserAsync();
        var request = new FilterRequest { Name = name, Extension = extension };

        var made = await system.Api.CreateFilterAsync(user.Id, request, Token);
        var read = await system.Api.GetFilterAsync(user.Id, made.Id, Token);
        var tried = await system.Api.TryFilterAsync(user.Id, new TryFilterRequest { Filter = request, Id = made.Id }, Token);

        Assert.Equal(JsonSerializer.Serialize(extension), JsonSerializer.Serialize(read.Value.Extension));
        Assert.Empty(read.Value.Faults);
        Assert.Empty(tried);
    }

    [Theory]
    [InlineData("name", "\"\\u0007\"")]
    [InlineData("order", "1000001")]
    [InlineData("query.from", "\"\\u0000\"")]
    [InlineData("query.size", "2147483648")]
    [InlineData("action.mailbox", "\"0123456789abcdef01234567\"")]
    [InlineData("action.targets", "[\"a@b.test\",\"nowhere\"]", "action.targets[1]")]
    [InlineData("extension.match", "\"some\"")]
    [InlineData("extension.conditions", "[null]", "extension.conditions[0]")]
    [InlineData("extension.conditions", "[{}]", "extension.conditions[0].type")]
    [InlineData("extension.conditions", "[{\"type\":\"moon\"}]", "extension.conditions[0].type")]
    [InlineData("extension.conditions", "[{\"type\":\"list\",\"value\":\"x\"}]", "extension.conditions[0].value")]
    [InlineData("extension.conditions", "[{\"type\":\"body\",\"op\":\"regex\",\"value\":\"(\"}]", "extension.conditions[0].value")]
    [InlineData("extension.conditions", "[{\"type\":\"body\",\"op\":\"near\",\"value\":\"x\"}]", "extension.conditions[0].op")]
    [InlineData("extension.conditions", "[{\"type\":\"size\",\"min\":2,\"max\":1}]", "extension.conditions[0].min")]
    [InlineData("extension.conditions", "[{\"type\":\"spamScore\",\"max\":100.5}]", "extension.conditions[0].max")]
    [InlineData("extension.conditions", "[{\"type\":\"date\",\"from\":\"2026-02-30\"}]", "extension.conditions[0].from")]
    [InlineData("extension.conditions", "[{\"type\":\"weekday\",\"days\":[\"mon\",null]}]", "extension.conditions[0].days[1]")]
    [InlineData("extension.conditions", "[{\"type\":\"weekday\",\"days\":[\"mon\"],\"zone\":\"Moon/Sea\"}]", "extension.conditions[0].zone")]
    [InlineData("extension.conditions", "[{\"type\":\"weekday\",\"days\":[\"mon\"],\"of\":\"life\"}]", "extension.conditions[0].of")]
    [InlineData("extension.conditions", "[{\"type\":\"header\",\"op\":\"exists\",\"name\":\"no name\"}]", "extension.conditions[0].name")]
    [InlineData("extension.conditions", "[{\"type\":\"list\",\"colour\":\"red\"}]", "extension.conditions[0].colour")]
    [InlineData("extension.conditions", "[{\"type\":\"size\",\"min\":\"1\"}]", "extension.conditions[0].min")]
    [InlineData("extension.actions.mailbox", "{\"path\":\"a//b\"}", "extension.actions.mailbox.path")]
    [InlineData("extension.actions.keywords", "[\"two words\"]", "extension.actions.keywords[0]")]
    [InlineData("extension.actions.reject", "\"two\\nlines\"")]
    [InlineData("extension.actions.forward", "[\"nobody\"]", "extension.actions.forward[0]")]
    [InlineData("extension.actions.redirect", "[null]", "extension.actions.redirect[0]")]
    [InlineData("extension.actions.stop", "\"yes\"")]
    [InlineData("extension.colour", "\"red\"")]
    public async Task Wrong_value_is_told_by_its_field_on_saving_and_on_trying(string path, string value, string? field = null)
    {
        var user = await system.NewUserAsync();
        var filter = With(path, JsonNode.Parse(value));

        using var made = await PostAsync(system.Http, $"/api/v1/users/{user.Id}/filters", filter);
        using var tried = await PostAsync(system.Http, $"/api/v1/users/{user.Id}/filters/try", new JsonObject { ["filter"] = filter.DeepClone() });

        Assert.Equal([field ?? path], await FieldsAsync(made));
        Assert.Equal([$"filter.{field ?? path}"], await FieldsAsync(tried));
    }

    [Fact]
    public async Task Random_values_in_every_field_of_a_filter_never_make_the_server_fail()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var user = await system.NewUserAsync();
        var fields = PathsOf(JsonNode.Parse(EveryField)!).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var filter = JsonNode.Parse(EveryField)!.AsObject();
            for (var change = random.Next(3); change >= 0; change--)
            {
                Set(filter, fields[random.Next(fields.Count)], RandomValue(random, 0));
            }

            var isTrial = random.Next(2) == 0;
            var body = isTrial ? new JsonObject { ["filter"] = filter, ["count"] = random.Next(1, 3) } : filter;
            using var response = await PostAsync(system.Http, $"/api/v1/users/{user.Id}/filters{(isTrial ? "/try" : "")}", body);
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"{body.ToJsonString()} answered {response.StatusCode}");
        }
    }

    [Fact]
    public async Task New_filter_comes_last_and_a_replaced_one_keeps_its_place()
    {
        var user = await system.NewUserAsync();
        var (a, b) = (await CreateAsync(user, "a"), await CreateAsync(user, "b"));
        await system.Api.OrderFiltersAsync(user.Id, new FilterOrderRequest { Filters = [b.Id, a.Id] }, Token);

        await CreateAsync(user, "c");
        var seen = await system.Api.GetFilterAsync(user.Id, a.Id, Token);
        await system.Api.ReplaceFilterAsync(user.Id, a.Id, new FilterRequest { Name = "A" }, seen.Tag!, Token);

        Assert.Equal(["b", "A", "c"], (await system.Api.ListFiltersAsync(user.Id, Token)).Select(filter => filter.Name));
    }

    [Fact]
    public async Task Order_that_is_given_decides_the_place()
    {
        var user = await system.NewUserAsync();
        await CreateAsync(user, "second");
        var first = await system.Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "first", Order = -1_000_000 }, Token);

        Assert.Equal(-1_000_000, first.Order);
        Assert.Equal(["first", "second"], (await system.Api.ListFiltersAsync(user.Id, Token)).Select(filter => filter.Name));
    }

    [Fact]
    public async Task Stored_extension_that_cannot_be_read_says_so()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(user, "broken");
        await new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("filters").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(made.Id)),
            Builders<BsonDocument>.Update.Set("lmtp", BsonDocument.Parse("{ match: 7, conditions: [ 1, { type: 'size', min: 'big' } ] }")),
            cancellationToken: Token);

        var read = await system.Api.GetFilterAsync(user.Id, made.Id, Token);

        Assert.Equal(3, read.Value.Faults.Count);
    }

    [Fact]
    public async Task Key_that_may_only_read_may_try_but_change_nothing()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(user, "kept");
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "reader", Scope = "read" }, Token);
        using var http = new HttpClient { BaseAddress = system.System.Api };
        http.DefaultRequestHeaders.Add(LmtpApiHeaders.ApiKey, key.Key);
        var reader = new LmtpApiClient(http);
        var request = new FilterRequest { Name = "changed" };

        Assert.Empty(await reader.TryFilterAsync(user.Id, new TryFilterRequest { Filter = request }, Token));
        Assert.Single(await reader.ListFiltersAsync(user.Id, Token));
        Func<Task>[] changes =
        [
            () => reader.CreateFilterAsync(user.Id, request, Token),
            () => reader.ReplaceFilterAsync(user.Id, made.Id, request, "*", Token),
            () => reader.OrderFiltersAsync(user.Id, new FilterOrderRequest { Filters = [made.Id] }, Token),
            () => reader.DeleteFilterAsync(user.Id, made.Id, cancellationToken: Token),
        ];
        foreach (var change in changes)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<LmtpApiException>(change)).StatusCode);
        }

        Assert.Equal("kept", Assert.Single(await system.Api.ListFiltersAsync(user.Id, Token)).Name);
    }

    private static FilterCondition Header(string op, string? value) => new() { Type = "header", Name = "x-priority", Op = op, Value = value };

    private static FilterCondition Text(string type, string op, string? value) => new() { Type = type, Op = op, Value = value };

    private Task<FilterResponse> CreateAsync(UserResponse user, string name) =>
        system.Api.CreateFilterAsync(user.Id, new FilterRequest { Name = name, Query = new FilterQuery { Subject = name } }, Token);

    private static async Task<HttpResponseMessage> PostAsync(HttpClient http, string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await http.PostAsync(path, content, Token);
    }

    private static async Task<IEnumerable<string>> FieldsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        return problem!.Errors!.Keys;
    }

    private static JsonObject With(string path, JsonNode? value)
    {
        var filter = new JsonObject();
        var place = filter;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            place[name] = place = [];
        }

        place[names[^1]] = value;
        return filter;
    }

    private static IEnumerable<object[]> PathsOf(JsonNode node) => node switch
    {
        JsonObject fields => fields.SelectMany(field => new[] { new object[] { field.Key } }
            .Concat(field.Value is null ? [] : PathsOf(field.Value).Select(path => (object[])[field.Key, .. path]))),
        JsonArray list => list.SelectMany((item, index) => new[] { new object[] { index } }
            .Concat(item is null ? [] : PathsOf(item).Select(path => (object[])[index, .. path]))),
        _ => [],
    };

    private static void Set(JsonNode filter, object[] path, JsonNode? value)
    {
        var place = filter;
        foreach (var step in path[..^1])
        {
            var next = step is int index
                ? place is JsonArray list && index < list.Count ? list[index] : null
                : place is JsonObject fields ? fields[(string)step] : null;
            if (next is null)
            {
                return;
            }

            place = next;
        }

        switch (place, path[^1])
        {
            case (JsonArray list, int index) when index < list.Count:
                list[index] = value;
                break;
            case (JsonObject fields, string name):
                fields[name] = value;
                break;
        }
    }

    private static JsonNode? RandomValue(Random random, int depth) => random.Next(depth > 2 ? 7 : 9) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(2) == 0),
        2 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        3 => JsonValue.Create((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))),
        4 => JsonValue.Create(string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x7f : 0xffff)))),
        5 => JsonValue.Create(new[] { "any", "header", "regex", "(", "[", "a{1000}", "*", "2026-02-29", "INBOX", "\ud800" }[random.Next(10)]),
        6 => JsonValue.Create(new string('x', random.Next(3000))),
        7 => new JsonArray([.. Enumerable.Range(0, random.Next(60)).Select(_ => RandomValue(random, depth + 1))]),
        _ => new JsonObject([KeyValuePair.Create(random.Next(2) == 0 ? "type" : "path", RandomValue(random, depth + 1))]),
    };
}
