using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

public sealed class StatisticsEndpointTests : IAsyncLifetime
{
    private static readonly byte[] Message = "From: a@friend.test\r\nSubject: Hello\r\n\r\nText\r\n"u8.ToArray();

    private MailSystem _system = null!;
    private HttpClient _http = null!;
    private LmtpApiClient _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string?> Settings => new()
    {
        ["Lmtp__Statistics__FlushInterval"] = "00:00:01",
        ["Lmtp__Statistics__StopTimeout"] = "00:01:00",
    };

    public async ValueTask InitializeAsync()
    {
        _system = await MailSystem.StartAsync(CancellationToken.None, Settings);
        _http = _system.CreateHttpClient();
        _api = new LmtpApiClient(_http);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _system.DisposeAsync();
    }

    [Fact]
    public async Task Two_servers_add_into_the_same_counts_and_a_restart_keeps_them()
    {
        await _api.CreateUserAsync(new CreateUserRequest { Username = "ann", Address = "ann@counted.test" }, Token);
        var (lmtp, api) = (FreePort.Next(), FreePort.Next());
        await using var second = ChildProcess.Start("dotnet", [Repository.Assembly("Lmtp.Server")], new Dictionary<string, string?>(Settings)
        {
            ["LMTP_PORT"] = $"{lmtp}",
            ["Kestrel__Endpoints__Http__Url"] = $"http://127.0.0.1:{api}",
            ["ConnectionStrings__maildb"] = _system.ConnectionString,
            ["DOTNET_ENVIRONMENT"] = "Production",
        });
        await second.WaitForLineAsync(line => line.Contains("Application started", StringComparison.Ordinal), TimeSpan.FromMinutes(2), Token);
        for (var i = 0; i < 3; i++)
        {
            await DeliverAsync(_system.Lmtp);
            await DeliverAsync(new IPEndPoint(IPAddress.Loopback, lmtp));
        }

        await Eventually.TrueAsync(async () => (await _api.GetStatisticsAsync(cancellationToken: Token)).Total.Messages == 6);
        await RestartAsync();
        var hour = await _api.GetStatisticsAsync(DateTimeOffset.UtcNow.AddHours(-2), step: 3600, cancellationToken: Token);
        var minutes = await _api.GetStatisticsAsync(step: 60, cancellationToken: Token);

        foreach (var statistics in (StatisticsResponse[])[hour, minutes])
        {
            Assert.Equal((6, 6L * Message.Length), (statistics.Total.Messages, statistics.Total.Bytes));
            Assert.Equal((6, 6), (statistics.Total.Outcomes.Values.Sum(), statistics.Total.Latency.Count));
            Assert.Equal(6, statistics.Buckets.Sum(bucket => bucket.Messages));
            Assert.True(statistics.Total.Sessions >= 6);
            Assert.True(statistics.Total.Latency is { P50: > 0, P95: > 0, P99: > 0 });
            Assert.Equal(new DomainStatisticsResponse("counted.test", 6, 6L * Message.Length), Assert.Single(statistics.TopDomains));
        }
    }

    [Fact]
    public async Task Counts_of_a_server_that_stops_are_written_first()
    {
        await _api.CreateUserAsync(new CreateUserRequest { Username = "bob", Address = "bob@counted.test" }, Token);
        await DeliverAsync(_system.Lmtp, "bob@counted.test");
        await RestartAsync();

        Assert.Equal(1, (await _api.GetStatisticsAsync(cancellationToken: Token)).Total.Messages);
    }

    [Fact]
    public async Task Current_state_tells_queues_sessions_and_what_is_stored()
    {
        await using var client = await LmtpClient.OpenAsync(_system.Lmtp, Token);
        await Eventually.TrueAsync(async () => (await _api.GetCurrentStatisticsAsync(Token)).Storage is not null);

        var current = await _api.GetCurrentStatisticsAsync(Token);

        Assert.Equal(1, current.ActiveSessions);
        Assert.Equal(new QueueDepthsResponse(0, 0, 0), current.Queues);
        Assert.True(DateTimeOffset.UtcNow - current.Storage!.CountedAt < TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from")]
    [InlineData("from=2199-01-01T00:00:00Z", "from")]
    [InlineData("step=61", "step")]
    [InlineData("step=0", "step")]
    [InlineData("from=2020-01-01T00:00:00Z&step=3600", "step")]
    [InlineData("from=2020-01-01T00:00:00Z&to=2020-01-01T01:00:00Z&step=60", "step")]
    public async Task Range_that_cannot_be_is_refused_with_its_field(string query, string field)
    {
        using var response = await _http.GetAsync($"/api/v1/statistics?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<ProblemResponse>(Token);
        Assert.Equal([field], problem!.Errors!.Keys);
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("step=minute")]
    [InlineData("step=99999999999")]
    public async Task What_is_no_time_or_number_is_refused(string query)
    {
        using var response = await _http.GetAsync($"/api/v1/statistics?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private async Task RestartAsync()
    {
        await using (var server = _system.Server)
        {
            server.Terminate();
            await server.WaitForExitAsync(TimeSpan.FromMinutes(2), Token);
        }

        await _system.StartServerAsync(Token);
    }

    private static async Task DeliverAsync(EndPoint server, string recipient = "ann@counted.test")
    {
        await using var client = await LmtpClient.OpenAsync(server, Token);
        Assert.StartsWith("250", Assert.Single(await client.DeliverAsync("a@friend.test", [recipient], Message, Token)), StringComparison.Ordinal);
    }
}
