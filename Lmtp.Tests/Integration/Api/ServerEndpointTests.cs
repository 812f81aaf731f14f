using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ServerEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listeners_have_the_names_of_their_protocols()
    {
        var server = await system.Api.GetServerAsync(Token);

        var lmtp = Assert.Single(server.Listeners, listener => listener.Protocol == "lmtp");
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{system.System.Lmtp.Port}"), lmtp.Address, StringComparison.Ordinal);
        Assert.Equal("none", lmtp.Tls);
        var http = server.Listeners.Where(listener => listener.Protocol == "http").Select(listener => listener.Address);
        Uri?[] expected = [system.System.Api, system.Remote];
        Assert.Equal(expected.OfType<Uri>().Select(uri => uri.Authority).Order(), http.Order());
    }

    [Fact]
    public async Task Versions_of_the_server_and_what_it_runs_on_are_told()
    {
        var server = await system.Api.GetServerAsync(Token);

        Assert.Matches(@"^\d+\.\d+\.\d+", server.Version);
        Assert.Equal(
            (RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription, Environment.MachineName),
            (server.Runtime, server.OperatingSystem, server.Host));
    }

    [Fact]
    public async Task Connection_is_listed_and_closed_with_a_word()
    {
        var before = await ConnectionsAsync();
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        var connection = (await ConnectionsAsync()).First(open => before.All(other => other.Id != open.Id));
        Assert.Equal("127.0.0.1", connection.Client);

        using var closed = await system.Http.DeleteAsync($"/api/v1/server/connections/{connection.Id}", Token);

        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.StartsWith("421 ", await client.ReadReplyAsync(Token), StringComparison.Ordinal);
        await Eventually.TrueAsync(async () => (await ConnectionsAsync()).All(open => open.Id != connection.Id));
        using var again = await system.Http.DeleteAsync($"/api/v1/server/connections/{connection.Id}", Token);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Configuration_in_force_is_shown_without_secrets()
    {
        var text = await system.Http.GetStringAsync("/api/v1/server/configuration", Token);

        using var configuration = JsonDocument.Parse(text);
        Assert.Equal(50, configuration.RootElement.GetProperty("Lmtp:Api").GetProperty("defaultPageSize").GetInt32());
        Assert.Equal("***", configuration.RootElement.GetProperty("Lmtp:Api").GetProperty("key").GetString());
        Assert.DoesNotContain(MailSystem.PortalKey, text, StringComparison.Ordinal);
        Assert.DoesNotContain(system.Http.DefaultRequestHeaders.GetValues(LmtpApiHeaders.ApiKey).Single(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_names_what_was_looked_at()
    {
        ServerHealthResponse health = null!;

        // A busy machine may answer a check too late, and be well with the next.
        await Eventually.TrueAsync(
            async () => (health = await system.Api.GetServerHealthAsync(Token)).Status == "healthy", state: () => $"{health}");
        Assert.Contains(health.Checks, check => check is { Name: "lmtp", Status: "healthy" });
        Assert.Contains(health.Checks, check => check is { Name: "redis", Milliseconds: >= 0 });
    }

    [Theory]
    [InlineData("/api/v1/server/configuration", "GET")]
    [InlineData("/api/v1/server/connections/none", "DELETE")]
    public async Task Configuration_and_closing_are_for_administrators(string path, string method)
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = "writer", Scope = "write" }, Token);
        using var http = system.System.CreateHttpClient(key.Key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Quota_is_told_and_counted_anew()
    {
        var user = await system.NewUserAsync();
        var id = ObjectId.Parse(user.Id);
        var database = new MongoClient(system.System.ConnectionString).GetDatabase("mail");
        await system.RecalculationsEndedAsync();
        await database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", id), Builders<BsonDocument>.Update.Set("storageUsed", 999), cancellationToken: Token);
        await database.GetCollection<BsonDocument>("messages").InsertManyAsync(
            [new BsonDocument { { "user", id }, { "size", 100 } }, new BsonDocument { { "user", id }, { "size", 23L } }], cancellationToken: Token);

        var before = await system.Http.GetFromJsonAsync<QuotaResponse>($"/api/v1/users/{user.Id}/quota", Token);
        using var recalculated = await system.Http.PostAsync($"/api/v1/users/{user.Id}/quota/recalculate", null, Token);

        Assert.Equal((999, 0), (before!.Used, before.Quota));
        Assert.True(before.EffectiveQuota > 0);
        Assert.Equal(123, (await recalculated.Content.ReadFromJsonAsync<QuotaResponse>(Token))!.Used);
        Assert.Equal(123, (await system.Api.GetUserAsync(user.Id, Token)).StorageUsed);
    }

    [Fact]
    public async Task Quota_of_nobody_is_not_found()
    {
        using var read = await system.Http.GetAsync("/api/v1/users/0123456789abcdef01234567/quota", Token);
        using var recalculated = await system.Http.PostAsync("/api/v1/users/0123456789abcdef01234567/quota/recalculate", null, Token);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.StatusCode, recalculated.StatusCode));
    }

    private async Task<IReadOnlyList<ConnectionResponse>> ConnectionsAsync() =>
        (await system.Http.GetFromJsonAsync<IReadOnlyList<ConnectionResponse>>("/api/v1/server/connections", Token))!;
}
