using System.Net;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

/// <summary>The rate limit of the API itself, at a server that allows little.</summary>
public sealed class RateLimitTests(RateLimitTests.SlowServer server) : IClassFixture<RateLimitTests.SlowServer>
{
    private const int Burst = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_requests_as_the_burst_allows_are_answered_and_the_next_is_refused_with_a_pause()
    {
        using var http = await NewClientAsync();
        var started = TimeProvider.System.GetTimestamp();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10 * Burst).Select(_ => http.GetAsync("/api/v1/server", Token)));
        var meanwhile = TimeProvider.System.GetElapsedTime(started);

        // A second lets one more in.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Burst, Burst + (int)meanwhile.TotalSeconds + 1);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Key_that_used_up_its_share_takes_nothing_from_another()
    {
        using var greedy = await NewClientAsync();
        using var modest = await NewClientAsync();
        for (var request = 0; request <= Burst; request++)
        {
            using var _ = await greedy.GetAsync("/api/v1/server", Token);
        }

        using var answered = await modest.GetAsync("/api/v1/server", Token);

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
    }

    [Fact]
    public async Task Person_who_is_named_like_the_configured_key_takes_nothing_from_it()
    {
        using var portal = server.System.CreateHttpClient(MailSystem.PortalKey);
        portal.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, "master");
        portal.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));
        using var configured = server.System.CreateHttpClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10 * Burst).Select(_ => portal.GetAsync("/api/v1/server", Token)));

        using var answered = await configured.GetAsync("/api/v1/server", Token);

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Key_is_let_in_again_after_a_pause()
    {
        using var http = await NewClientAsync();
        for (var request = 0; request <= Burst; request++)
        {
            using var _ = await http.GetAsync("/api/v1/server", Token);
        }

        await Eventually.TrueAsync(async () =>
        {
            using var response = await http.GetAsync("/api/v1/server", Token);
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Health_and_document_are_not_counted()
    {
        using var http = new HttpClient { BaseAddress = server.System.Api };
        for (var request = 0; request < 3 * Burst; request++)
        {
            using var health = await http.GetAsync("/alive", Token);
            using var document = await http.GetAsync("/openapi/v1.json", Token);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (health.StatusCode, document.StatusCode));
        }
    }

    private async Task<HttpClient> NewClientAsync()
    {
        // The keys are made with the portal's, each time for another person, so that making them uses up nobody's share.
        using var portal = server.System.CreateHttpClient(MailSystem.PortalKey);
        portal.DefaultRequestHeaders.Add(LmtpApiHeaders.Actor, ApiSystem.NewName("person"));
        portal.DefaultRequestHeaders.Add(LmtpApiHeaders.ActorRole, nameof(PortalRole.Admin));
        var key = await new LmtpApiClient(portal).CreateApiKeyAsync(new CreateApiKeyRequest { Name = "limited", Scope = "read" }, Token);
        return server.System.CreateHttpClient(key.Key);
    }

    /// <summary>A server that allows a key few requests.</summary>
    public sealed class SlowServer : IAsyncLifetime
    {
        internal MailSystem System { get; private set; } = null!;

        public async ValueTask InitializeAsync() => System = await MailSystem.StartAsync(
            CancellationToken.None,
            new Dictionary<string, string?> { ["Lmtp__Api__RequestBurst"] = $"{Burst}", ["Lmtp__Api__RequestsPerSecond"] = "1" });

        public ValueTask DisposeAsync() => System.DisposeAsync();
    }
}
