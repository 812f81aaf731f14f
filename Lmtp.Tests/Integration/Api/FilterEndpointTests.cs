using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class FilterEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_is_stored_as_wildduck_stores_it_and_read_as_it_was_given()
    {
        var user = await system.NewUserAsync();
        var trash = (await system.Api.ListMailboxesAsync(user.Id, Token)).Single(mailbox => mailbox.Path == "Trash");
        var request = new FilterRequest
        {
            Name = "Newsletters",
            Query = new FilterQuery { From = "news  letter", ListId = "list.example.org", HasAttachments = false, Size = -5000 },
            Action = new FilterAction { Seen = true, Spam = false, Mailbox = trash.Id, Targets = ["a@example.org"] },
        };

        var made = await system.Api.CreateFilterAsync(user.Id, request, Token);

        Assert.Equivalent(request.Query! with { From = "news letter" }, made.Query);
        Assert.Equivalent(request.Action, made.Action);
        var stored = await new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("filters")
            .Find(Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(made.Id))).SingleAsync(Token);
        Assert.Equal(BsonDocument.Parse("""{ headers: { from: "news letter", listId: "list.example.org" }, ha: false, size: -5000 }"""), stored["query"]);
        Assert.Equal((true, false, ObjectId.Parse(trash.Id)), (stored["action"]["seen"], stored["action"]["spam"], stored["action"]["mailbox"]));
        Assert.False(stored.Contains("lmtp"));
    }

    [Fact]
    public async Task All_faults_are_told_by_field()
    {
        var user = await system.NewUserAsync();
        using var response = await system.Http.PostAsJsonAsync(
            $"/api/v1/users/{user.Id}/filters",
            new
            {
                name = new string('n', 257),
                query = new { from = "a\u0001" },
                action = new { mailbox = "0123456789abcdef01234567", targets = new[] { "nowhere" } },
                extension = new { match = "some", conditions = new[] { new { type = "moon" } } },
            },
            Token);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(
            ["action.mailbox", "action.targets[0]", "extension.conditions[0].type", "extension.match", "name", "query.from"],
            problem!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task User_has_500_filters_at_most()
    {
        var user = await system.NewUserAsync();
        await InsertAsync(user, 499, conditions: 0);
        var last = await CreateAsync(user, "the 500th");

        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => CreateAsync(user, "one more"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("FiltersPerUser", refused.Message, StringComparison.Ordinal);
        using var read = await system.Http.GetAsync($"/api/v1/users/{user.Id}/filters/{last.Id}", Token);
        using var replaced = await PutAsync($"/api/v1/users/{user.Id}/filters/{last.Id}", "the 500th still", read.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
    }

    [Fact]
    public async Task Filters_of_a_user_have_2000_conditions_at_most()
    {
        var user = await system.NewUserAsync();
        await InsertAsync(user, 39, conditions: 50);
        var rest = new FilterRequest { Query = new FilterQuery { Subject = "x" }, Extension = new FilterExtension { Conditions = Conditions(49) } };
        var last = await system.Api.CreateFilterAsync(user.Id, rest, Token);

        var refused = await Assert.ThrowsAsync<LmtpApiException>(
            () => system.Api.CreateFilterAsync(user.Id, new FilterRequest { Query = new FilterQuery { HasAttachments = true } }, Token));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("FilterConditionsPerUser", refused.Message, StringComparison.Ordinal);
        await system.Api.CreateFilterAsync(user.Id, new FilterRequest { Name = "without a condition" }, Token);
        var tagged = await system.Api.GetFilterAsync(user.Id, last.Id, Token);
        await system.Api.ReplaceFilterAsync(user.Id, last.Id, rest with { Name = "as many" }, tagged.Tag!, Token);
        refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.ReplaceFilterAsync(
            user.Id, last.Id, rest with { Extension = new FilterExtension { Conditions = Conditions(50) } }, tagged.Tag!, Token));
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task Filter_is_replaced_by_who_saw_it_only()
    {
        var user = await system.NewUserAsync();
        var made = await CreateAsync(user, "first");
        var path = $"/api/v1/users/{user.Id}/filters/{made.Id}";
        using var read = await system.Http.GetAsync(path, Token);

        using var blind = await PutAsync(path, "blind", null);
        using var seen = await PutAsync(path, "seen", read.Headers.ETag!.Tag);
        using var late = await PutAsync(path, "late", read.Headers.ETag!.Tag);

        Assert.Equal(
            (HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed),
            (blind.StatusCode, seen.StatusCode, late.StatusCode));
        Assert.Equal("seen", Assert.Single(await system.Api.ListFiltersAsync(user.Id, Token)).Name);
    }

    [Fact]
    public async Task Filters_are_ordered_and_deleted()
    {
        var user = await system.NewUserAsync();
        var filters = new[] { await CreateAsync(user, "a"), await CreateAsync(user, "b"), await CreateAsync(user, "c") };

        var ordered = await system.Api.OrderFiltersAsync(
            user.Id, new FilterOrderRequest { Filters = [filters[2].Id, filters[0].Id, filters[1].Id] }, Token);
        await system.Api.DeleteFilterAsync(user.Id, filters[0].Id, cancellationToken: Token);

        Assert.Equal(["c", "a", "b"], ordered.Select(filter => filter.Name));
        Assert.Equal(["c", "b"], (await system.Api.ListFiltersAsync(user.Id, Token)).Select(filter => filter.Name));
    }

    [Fact]
    public async Task Order_has_to_name_every_filter_once()
    {
        var user = await system.NewUserAsync();
        var filter = await CreateAsync(user, "a");
        foreach (var order in new string[][] { [], [filter.Id, filter.Id], [filter.Id, "0123456789abcdef01234567"], ["nonsense"] })
        {
            var refused = await Assert.ThrowsAsync<LmtpApiException>(() =>
                system.Api.OrderFiltersAsync(user.Id, new FilterOrderRequest { Filters = order }, Token));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task Filters_of_nobody_have_no_order()
    {
        var refused = await Assert.ThrowsAsync<LmtpApiException>(() =>
            system.Api.OrderFiltersAsync("0123456789abcdef01234567", new FilterOrderRequest { Filters = [] }, Token));

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task Filter_of_somebody_else_is_not_found()
    {
        var owner = await system.NewUserAsync();
        var other = await system.NewUserAsync();
        var filter = await CreateAsync(owner, "mine");
        var path = $"/api/v1/users/{other.Id}/filters/{filter.Id}";

        using var read = await system.Http.GetAsync(path, Token);
        using var replaced = await PutAsync(path, "yours", "*");
        using var deleted = await system.Http.DeleteAsync(path, Token);

        Assert.All([read, replaced, deleted], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
    }

    private Task<FilterResponse> CreateAsync(UserResponse user, string name) => system.Api.CreateFilterAsync(
        user.Id, new FilterRequest { Name = name, Query = new FilterQuery { Subject = name }, Action = new FilterAction { Flag = true } }, Token);

    private static FilterCondition[] Conditions(int count) => [.. Enumerable.Repeat(new FilterCondition { Type = "list" }, count)];

    private Task InsertAsync(UserResponse user, int count, int conditions) =>
        new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("filters").InsertManyAsync(
            Enumerable.Range(0, count).Select(_ => new BsonDocument
            {
                { "_id", ObjectId.GenerateNewId() },
                { "user", ObjectId.Parse(user.Id) },
                { "query", new BsonDocument() },
                { "action", new BsonDocument() },
                {
                    "lmtp",
                    new BsonDocument("conditions", new BsonArray(Enumerable.Range(0, conditions).Select(_ => new BsonDocument("type", "list"))))
                },
            }),
            cancellationToken: Token);

    private async Task<HttpResponseMessage> PutAsync(string path, string name, string? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(new { name, query = new { }, action = new { } }) };
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        return await system.Http.SendAsync(request, Token);
    }
}
