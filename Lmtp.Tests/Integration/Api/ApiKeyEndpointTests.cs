using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class ApiKeyEndpointTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("read", HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("write", HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK)]
    public async Task Key_may_do_what_its_scope_says(string scope, HttpStatusCode reading, HttpStatusCode writing, HttpStatusCode administration)
    {
        var key = await NewKeyAsync(scope);
        using var http = system.System.CreateHttpClient(key.Key);

        using var read = await http.GetAsync("/api/v1/users?limit=1", Token);
        using var written = await http.PostAsJsonAsync("/api/v1/users", new { username = ApiSystem.NewName() }, Token);
        using var administered = await http.GetAsync("/api/v1/keys", Token);

        Assert.Equal((reading, writing, administration), (read.StatusCode, written.StatusCode, administered.StatusCode));
    }

    [Fact]
    public async Task Key_is_shown_once_and_kept_as_a_digest()
    {
        var key = await NewKeyAsync("read");
        Assert.StartsWith($"lmtp_{key.Id}_", key.Key, StringComparison.Ordinal);

        var read = await system.Http.GetStringAsync($"/api/v1/keys/{key.Id}", Token);
        var listed = await system.Http.GetStringAsync("/api/v1/keys", Token);

        var secret = key.Key[30..];
        Assert.DoesNotContain(secret, read + listed, StringComparison.Ordinal);
        Assert.Contains(key.Id, listed, StringComparison.Ordinal);
        using var client = new MongoClient(system.System.ConnectionString);
        var kept = await client.GetDatabase("lmtp").GetCollection<BsonDocument>("apikeys")
            .Find(Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(key.Id))).SingleAsync(Token);
        Assert.DoesNotContain(secret, kept.ToString(), StringComparison.Ordinal);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret)), kept["digest"].AsBsonBinaryData.Bytes);
    }

    [Fact]
    public async Task Revoked_key_is_refused_at_once_and_stays_in_the_list()
    {
        var key = await NewKeyAsync("read");
        using var http = system.System.CreateHttpClient(key.Key);

        await system.Api.RevokeApiKeyAsync(key.Id, Token);

        using var refused = await http.GetAsync("/api/v1/users", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var again = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.RevokeApiKeyAsync(key.Id, Token));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.NotNull((await system.Api.ListApiKeysAsync(limit: 100, cancellationToken: Token)).Items.Single(item => item.Id == key.Id).Revoked);
    }

    [Fact]
    public async Task Key_past_its_end_is_refused()
    {
        var key = await NewShortKeyAsync();
        using var http = system.System.CreateHttpClient(key.Key);
        var status = HttpStatusCode.OK;
        await Eventually.TrueAsync(async () =>
        {
            using var response = await http.GetAsync("/api/v1/users?limit=1", Token);
            return (status = response.StatusCode) != HttpStatusCode.OK;
        });

        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task Use_of_a_key_is_noted()
    {
        var key = await NewKeyAsync("read");
        Assert.Null(key.LastUsed);
        using var http = system.System.CreateHttpClient(key.Key);
        using var response = await http.GetAsync("/api/v1/users?limit=1", Token);

        var read = await system.Http.GetFromJsonAsync<ApiKeyResponse>($"/api/v1/keys/{key.Id}", Token);

        Assert.NotNull(read?.LastUsed);
    }

    [Fact]
    public async Task Key_with_another_secret_or_another_id_is_refused()
    {
        var key = await NewKeyAsync("admin");
        var other = await NewKeyAsync("admin");
        foreach (var wrong in new[]
        {
            key.Key[..^1] + (key.Key[^1] == 'A' ? 'B' : 'A'),
            key.Key[..30] + other.Key[30..],
            $"lmtp_{new string('0', 24)}_{key.Key[30..]}",
            key.Key + "x",
            key.Key[5..],
        })
        {
            using var http = system.System.CreateHttpClient(wrong);
            using var response = await http.GetAsync("/api/v1/users", Token);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task All_faults_of_a_new_key_are_told_by_field()
    {
        var refused = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.CreateApiKeyAsync(
            new CreateApiKeyRequest { Name = " ", Scope = "portal", Expires = DateTimeOffset.UtcNow.AddDays(-1) }, Token));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(["expires", "name", "scope"], refused.Problem!.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    // As short as the machine is fast: an end that has passed when the request arrives is refused.
    private async Task<CreatedApiKeyResponse> NewShortKeyAsync()
    {
        const int LongestSeconds = 32;
        for (var seconds = 1; ; seconds *= 2)
        {
            try
            {
                return await system.Api.CreateApiKeyAsync(
                    new CreateApiKeyRequest { Name = "short", Scope = "read", Expires = DateTimeOffset.UtcNow.AddSeconds(seconds) }, Token);
            }
            catch (LmtpApiException refused) when (refused.StatusCode == HttpStatusCode.BadRequest && seconds < LongestSeconds)
            {
                continue;
            }
        }
    }

    private Task<CreatedApiKeyResponse> NewKeyAsync(string scope) =>
        system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("key"), Scope = scope }, Token);
}
