using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class QuotaEndpointTests(ApiSystem system)
{
    private const long GreatestNumber = (1L << 53) - 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quota_is_set_read_and_back_to_the_default()
    {
        var user = await system.NewUserAsync();
        var standard = (await system.Api.GetQuotaAsync(user.Id, Token)).EffectiveQuota;

        Assert.Equal(new QuotaResponse(0, 5_000_000_000, 5_000_000_000), await system.Api.SetQuotaAsync(user.Id, 5_000_000_000, null, Token));
        Assert.Equal(5_000_000_000, (await system.Api.GetUserAsync(user.Id, Token)).Quota);
        Assert.Equal(new QuotaResponse(0, 0, standard), await system.Api.SetQuotaAsync(user.Id, 0, null, Token));
    }

    [Fact]
    public async Task Quota_is_replaced_only_by_whoever_saw_it_and_mail_is_no_change_of_it()
    {
        var user = await system.NewUserAsync();
        using var seen = await system.Http.GetAsync(Path(user), Token);
        await SetUsedAsync(user, 777);
        using var first = await PutAsync(user, 10, seen.Headers.ETag!.Tag);
        using var second = await PutAsync(user, 20, seen.Headers.ETag!.Tag);
        using var blind = await PutAsync(user, 30, null);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired),
            (first.StatusCode, second.StatusCode, blind.StatusCode));
        Assert.NotEqual(seen.Headers.ETag, first.Headers.ETag);
        Assert.Equal(10, (await system.Api.GetQuotaAsync(user.Id, Token)).Quota);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(GreatestNumber, HttpStatusCode.OK)]
    [InlineData(-1, HttpStatusCode.BadRequest)]
    [InlineData(GreatestNumber + 1, HttpStatusCode.BadRequest)]
    public async Task Quota_is_bounded(long quota, HttpStatusCode expected)
    {
        var user = await system.NewUserAsync();
        using var response = await PutAsync(user, quota, "*");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Setting_is_in_the_audit_log_and_needs_the_scope_to_write()
    {
        var user = await system.NewUserAsync();
        await system.Api.SetQuotaAsync(user.Id, 123, null, Token);
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("reader"), Scope = "read" }, Token);
        using var http = system.System.CreateHttpClient(key.Key);
        var reader = new LmtpApiClient(http);

        var entry = (await system.Api.SearchAuditAsync(operation: "SetQuota", target: user.Id, cancellationToken: Token)).Items.Single();
        Assert.Equal((0, 123), (entry.Before!.Value.GetProperty("quota").GetInt64(), entry.After!.Value.GetProperty("quota").GetInt64()));
        Assert.Equal(123, (await reader.GetQuotaAsync(user.Id, Token)).Quota);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.SetQuotaAsync(user.Id, 1, null, Token)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.RecalculateQuotaAsync(user.Id, Token)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.StartQuotaRecalculationAsync(null, Token)));
    }

    [Fact]
    public async Task Recalculation_keeps_what_is_counted_and_not_stored_yet()
    {
        var user = await system.NewUserAsync();
        await SendAsync(user);
        var used = (await system.Api.GetQuotaAsync(user.Id, Token)).Used;
        Assert.True(used > 0);
        await SetUsedAsync(user, used + 5_000);

        Assert.Equal(used, (await system.Api.RecalculateQuotaAsync(user.Id, Token)).Used);
        Assert.Equal(used, (await system.Api.RecalculateQuotaAsync(user.Id, Token)).Used);
    }

    [Fact]
    public async Task Users_of_a_domain_are_recalculated_with_progress()
    {
        var domain = $"{ApiSystem.NewName("recount")}.test";
        var users = new List<UserResponse>();
        for (var index = 0; index < 3; index++)
        {
            var name = ApiSystem.NewName("recount");
            users.Add(await system.Api.CreateUserAsync(new CreateUserRequest { Username = name, Address = $"{name}@{domain}" }, Token));
        }

        var stranger = await system.NewUserAsync();
        await SetUsedAsync(stranger, 99);
        await SetUsedAsync(users[0], 1_000);
        await SetUsedAsync(users[1], -500);

        var run = await StartAsync(domain.ToUpperInvariant());
        Assert.Equal(domain, run.Domain);
        await Eventually.TrueAsync(async () => (run = await system.Api.GetQuotaRecalculationAsync(run.Id, Token)).State == "done");

        Assert.Equal((3, 3, 2, 1_500, 0), (run.Total, run.Done, run.Corrected, run.CorrectedBytes, run.Skipped));
        Assert.NotNull(run.Finished);
        foreach (var user in users)
        {
            Assert.Equal(0, (await system.Api.GetQuotaAsync(user.Id, Token)).Used);
        }

        Assert.Equal(99, (await system.Api.GetQuotaAsync(stranger.Id, Token)).Used);
        Assert.Contains((await system.Api.ListQuotaRecalculationsAsync(cancellationToken: Token)).Items, item => item == run);
        await system.Api.CancelQuotaRecalculationAsync(run.Id, Token);
        Assert.Equal(run, await system.Api.GetQuotaRecalculationAsync(run.Id, Token));
        Assert.Single((await system.Api.SearchAuditAsync(operation: "StartQuotaRecalculation", target: run.Id, cancellationToken: Token)).Items);
    }

    [Fact]
    public async Task All_users_are_recalculated()
    {
        var user = await system.NewUserAsync();
        await SetUsedAsync(user, 4_242);

        var run = await StartAsync(null);
        await Eventually.TrueAsync(async () => (run = await system.Api.GetQuotaRecalculationAsync(run.Id, Token)).State == "done");

        Assert.Null(run.Domain);
        Assert.True(run.Corrected >= 1 && run.Done >= run.Corrected);
        Assert.Equal(0, (await system.Api.GetQuotaAsync(user.Id, Token)).Used);
    }

    [Fact]
    public async Task Nonsense_and_nobody_are_refused()
    {
        var refusal = await Assert.ThrowsAsync<LmtpApiException>(() => system.Api.StartQuotaRecalculationAsync("a@b", Token));
        Assert.Equal((HttpStatusCode.BadRequest, "domain"), (refusal.StatusCode!.Value, Assert.Single(refusal.Problem!.Errors!).Key));
        const string Nobody = "0123456789abcdef01234567";
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(() => system.Api.GetQuotaRecalculationAsync(Nobody, Token)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(() => system.Api.CancelQuotaRecalculationAsync(Nobody, Token)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(() => system.Api.SetQuotaAsync(Nobody, 1, null, Token)));
    }

    private static string Path(UserResponse user) => $"/api/v1/users/{user.Id}/quota";

    private static async Task<HttpStatusCode> StatusAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<LmtpApiException>(call)).StatusCode ?? 0;

    // One is under way at a time, and other tests begin some, too.
    private async Task<QuotaRecalculationResponse> StartAsync(string? domain)
    {
        QuotaRecalculationResponse? run = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                run = await system.Api.StartQuotaRecalculationAsync(domain, Token);
                return true;
            }
            catch (LmtpApiException refusal) when (refusal.StatusCode == HttpStatusCode.Conflict)
            {
                return false;
            }
        });
        return run!;
    }

    private async Task<HttpResponseMessage> PutAsync(UserResponse user, long quota, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Path(user)) { Content = JsonContent.Create(new { quota }) };
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        return await system.Http.SendAsync(request, Token);
    }

    private async Task SendAsync(UserResponse user) => await system.Api.SendAsync(
        new LmtpSendRequest { Host = "127.0.0.1", Port = system.System.Lmtp.Port, From = "a@example.org", To = [user.Address], Subject = "x", Body = "y" }, Token);

    private async Task SetUsedAsync(UserResponse user, long used)
    {
        await system.RecalculationsEndedAsync();
        await new MongoClient(system.System.ConnectionString).GetDatabase("mail").GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", ObjectId.Parse(user.Id)),
            Builders<BsonDocument>.Update.Set("storageUsed", used),
            cancellationToken: Token);
    }
}
