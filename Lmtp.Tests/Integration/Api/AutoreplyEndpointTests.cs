using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class AutoreplyEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_is_set_read_and_removed()
    {
        var user = await system.NewUserAsync();
        var start = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
        using var set = await PutAsync(user, new { enabled = true, subject = "Away", text = "Until\nMonday", start }, null);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);

        using var read = await system.Http.GetAsync(Path(user), Token);
        var reply = await read.Content.ReadFromJsonAsync<AutoreplyResponse>(Token);

        Assert.Equal(new AutoreplyResponse { Enabled = true, Subject = "Away", Text = "Until\nMonday", Start = start }, reply);
        Assert.Equal(set.Headers.ETag, read.Headers.ETag);
        Assert.True((await system.Api.GetUserAsync(user.Id, Token)).HasAutoreply);

        using var removed = await system.Http.DeleteAsync(Path(user), Token);
        using var gone = await system.Http.GetAsync(Path(user), Token);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (removed.StatusCode, gone.StatusCode));
        Assert.False((await system.Api.GetUserAsync(user.Id, Token)).HasAutoreply);
    }

    [Fact]
    public async Task Reply_that_is_there_is_replaced_by_who_saw_it_only()
    {
        var user = await system.NewUserAsync();
        using var first = await PutAsync(user, new { enabled = true, text = "one" }, null);
        using var blind = await PutAsync(user, new { enabled = true, text = "two" }, null);
        using var seen = await PutAsync(user, new { enabled = false, text = "three" }, first.Headers.ETag!.Tag);
        using var late = await PutAsync(user, new { enabled = true, text = "four" }, first.Headers.ETag!.Tag);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.PreconditionRequired, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed),
            (first.StatusCode, blind.StatusCode, seen.StatusCode, late.StatusCode));
        Assert.Equal("three", (await system.Http.GetFromJsonAsync<AutoreplyResponse>(Path(user), Token))!.Text);
    }

    [Fact]
    public async Task Reply_that_is_gone_is_not_made_again_by_who_saw_it()
    {
        var user = await system.NewUserAsync();
        using var first = await PutAsync(user, new { enabled = true, text = "one" }, null);
        using var removed = await system.Http.DeleteAsync(Path(user), Token);

        using var late = await PutAsync(user, new { enabled = true, text = "two" }, first.Headers.ETag!.Tag);
        using var any = await PutAsync(user, new { enabled = true, text = "three" }, "*");
        using var read = await system.Http.GetAsync(Path(user), Token);

        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound),
            (late.StatusCode, any.StatusCode, read.StatusCode));
    }

    [Fact]
    public async Task Reply_is_stored_as_wildduck_stores_it()
    {
        var user = await system.NewUserAsync();
        using var set = await PutAsync(user, new { enabled = true, text = "one" }, null);

        var stored = await new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("autoreplies")
            .Find(Builders<BsonDocument>.Filter.Eq("user", ObjectId.Parse(user.Id))).SingleAsync(Token);

        Assert.Equal(["_id", "created", "end", "html", "name", "start", "status", "subject", "text", "user"], stored.Names.Order(StringComparer.Ordinal));
        Assert.Equal((false, false, true), (stored["start"], stored["end"], stored["status"]));
    }

    [Fact]
    public async Task All_faults_are_told_by_field()
    {
        var user = await system.NewUserAsync();
        using var response = await PutAsync(
            user,
            new { enabled = true, name = new string('n', 129), subject = "a\nb", text = new string('t', 131_073), start = "2026-06-02T00:00:00Z", end = "2026-06-01T00:00:00Z" },
            null);

        var problem = await response.Content.ReadFromJsonAsync(LmtpJsonContext.Default.ProblemResponse, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["end", "name", "subject", "text"], problem!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_has_no_reply()
    {
        using var response = await system.Http.PutAsJsonAsync("/api/v1/users/0123456789abcdef01234567/autoreply", new { enabled = true }, Token);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string Path(UserResponse user) => $"/api/v1/users/{user.Id}/autoreply";

    private async Task<HttpResponseMessage> PutAsync(UserResponse user, object reply, string? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path(user)) { Content = JsonContent.Create(reply) };
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        return await system.Http.SendAsync(request, Token);
    }
}
