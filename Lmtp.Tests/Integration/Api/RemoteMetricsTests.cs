using System.Net;
using Lmtp.Contracts;

namespace Lmtp.Tests.Integration.Api;

/// <summary>Who gets the metrics: this machine always, another one with a key.</summary>
[Collection(ApiTestGroup.Name)]
public sealed class RemoteMetricsTests(ApiSystem system)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task This_machine_needs_no_key()
    {
        using var response = await system.Anonymous.GetAsync("/metrics", Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var metrics = await response.Content.ReadAsStringAsync(Token);
        Assert.All(
            ["lmtp_server_connection_limit", "lmtp_server_message_depth_limit", "lmtp_spool_memory_limit_bytes", "lmtp_spool_memory_usage_bytes"],
            name => Assert.Contains($"\n{name}{{", metrics, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong-0123456789abcdef0123456789")]
    public async Task Another_machine_without_a_good_key_finds_nothing(string? key) =>
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(key));

    [Theory]
    [InlineData("read")]
    [InlineData("admin")]
    public async Task Another_machine_with_a_key_is_answered_until_it_is_revoked(string scope)
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("scraper"), Scope = scope }, Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(key.Key));

        await system.Api.RevokeApiKeyAsync(key.Id, Token);

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(key.Key));
    }

    /// <summary>Asks by this machine's address in its network: that is no address of loopback.</summary>
    private async Task<HttpStatusCode> AskAsync(string? key)
    {
        Assert.SkipWhen(system.Remote is null, "This machine has no address but that of loopback.");
        using var http = new HttpClient { BaseAddress = system.Remote };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(LmtpApiHeaders.ApiKey, key);
        }

        using var response = await http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
