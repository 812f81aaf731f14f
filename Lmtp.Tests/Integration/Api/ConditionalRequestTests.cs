using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ConditionalRequestTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_of_the_state_that_was_seen_is_made_and_another_one_is_not()
    {
        var user = await system.NewUserAsync();
        var seen = await TagAsync(user);

        using var first = await PatchAsync(user, seen, "first");
        using var second = await PatchAsync(user, seen, "second");
        using var third = await PatchAsync(user, first.Headers.ETag!.Tag, "third");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK),
            (first.StatusCode, second.StatusCode, third.StatusCode));
        Assert.Equal("third", (await system.Api.GetUserAsync(user.Id, Token)).Name);
    }

    [Fact]
    public async Task Of_many_changes_of_one_state_one_is_made()
    {
        var user = await system.NewUserAsync();
        var seen = await TagAsync(user);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => PatchAsync(user, seen, $"name {number}")));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"other\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("nonsense", HttpStatusCode.PreconditionFailed)]
    public async Task Condition_is_read_as_http_says(string condition, HttpStatusCode expected)
    {
        var user = await system.NewUserAsync();

        using var response = await PatchAsync(user, condition, "name");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task User_that_changed_since_is_not_deleted()
    {
        var user = await system.NewUserAsync();
        var seen = await TagAsync(user);
        await system.Api.UpdateUserAsync(user.Id, new UpdateUserRequest { Quota = 5 }, Token);

        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/users/{user.Id}");
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        using var response = await system.Http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.PreconditionFailed, response.StatusCode);
    }

    [Fact]
    public async Task Repeated_creation_gets_the_first_answer_and_makes_nothing()
    {
        var body = $$"""{"username":"{{ApiSystem.NewName()}}","password":"secret"}""";
        var key = Guid.NewGuid().ToString();

        using var first = await CreateAsync(body, key);
        using var second = await CreateAsync(body, key);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Token), await second.Content.ReadAsStringAsync(Token));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.False(first.Headers.Contains(LmtpApiHeaders.IdempotencyReplayed));
        Assert.True(second.Headers.Contains(LmtpApiHeaders.IdempotencyReplayed));
    }

    [Fact]
    public async Task Answer_with_a_secret_is_kept_such_that_only_who_asked_can_read_it()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await CreateKeyAsync(key);
        using var second = await CreateKeyAsync(key);

        var secret = JsonElement.Parse(await first.Content.ReadAsStringAsync(Token)).GetProperty("key").GetString()!;
        Assert.Contains(secret, await second.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var client = new MongoClient(system.System.ConnectionString);
        var kept = await client.GetDatabase("lmtp").GetCollection<BsonDocument>("idempotency").Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token);
        Assert.NotEmpty(kept);
        var bytes = kept.Where(document => document["answer"].IsBsonBinaryData).Select(document => Encoding.UTF8.GetString(document["answer"].AsBsonBinaryData.Bytes));
        Assert.DoesNotContain(bytes, text => text.Contains(secret, StringComparison.Ordinal) || text.Contains("\"key\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Repeated_creation_stands_in_the_audit_log_once()
    {
        var body = $$"""{"username":"{{ApiSystem.NewName()}}"}""";
        var key = Guid.NewGuid().ToString();
        using var first = await CreateAsync(body, key);
        using var second = await CreateAsync(body, key);

        var id = JsonElement.Parse(await first.Content.ReadAsStringAsync(Token)).GetProperty("id").GetString();
        var entries = JsonElement.Parse(await system.Http.GetStringAsync($"/api/v1/audit?target={id}", Token)).GetProperty("items");
        Assert.Equal(1, entries.GetArrayLength());
    }

    [Fact]
    public async Task Key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await CreateAsync($$"""{"username":"{{ApiSystem.NewName()}}"}""", key);
        using var second = await CreateAsync($$"""{"username":"{{ApiSystem.NewName()}}"}""", key);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact]
    public async Task Refused_creation_can_be_made_good_under_the_same_key()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await CreateAsync("""{"username":"not a name"}""", key);
        using var second = await CreateAsync($$"""{"username":"{{ApiSystem.NewName()}}"}""", key);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Many_requests_with_one_key_make_one_user()
    {
        var name = ApiSystem.NewName("once");
        var key = Guid.NewGuid().ToString();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync($$"""{"username":"{{name}}"}""", key)));

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.Conflict }));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created && !answer.Headers.Contains(LmtpApiHeaders.IdempotencyReplayed)));
        Assert.Single((await system.Api.ListUsersAsync(name, cancellationToken: Token)).Items);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Theory]
    [InlineData(255, HttpStatusCode.Created)]
    [InlineData(256, HttpStatusCode.BadRequest)]
    public async Task Key_has_a_greatest_length(int length, HttpStatusCode expected)
    {
        using var response = await CreateAsync($$"""{"username":"{{ApiSystem.NewName()}}"}""", Guid.NewGuid().ToString().PadRight(length, 'k'));

        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<string> TagAsync(UserResponse user)
    {
        using var response = await system.Http.GetAsync($"/api/v1/users/{user.Id}", Token);
        return response.Headers.ETag!.Tag;
    }

    private async Task<HttpResponseMessage> PatchAsync(UserResponse user, string condition, string name)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/users/{user.Id}") { Content = JsonContent.Create(new { name }) };
        request.Headers.TryAddWithoutValidation("If-Match", condition);
        return await system.Http.SendAsync(request, Token);
    }

    private async Task<HttpResponseMessage> CreateKeyAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/keys") { Content = JsonContent.Create(new { name = "sealed", scope = "read" }) };
        request.Headers.Add(LmtpApiHeaders.IdempotencyKey, key);
        return await system.Http.SendAsync(request, Token);
    }

    private async Task<HttpResponseMessage> CreateAsync(string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/users") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(LmtpApiHeaders.IdempotencyKey, key);
        return await system.Http.SendAsync(request, Token);
    }
}
