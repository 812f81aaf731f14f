using System.Net;
using System.Net.Http.Json;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Api;

[Collection(ApiTestGroup.Name)]
public sealed class LimitEndpointTests(ApiSystem system)
{
    private const string UserMessages = "recipient_user_messages";
    private const string DomainMessages = "sender_domain_messages";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SetRateLimitOverrideRequest Rule(long count, long period = 86_400) => new() { Count = count, PeriodSeconds = period };

    [Fact]
    public async Task Limits_are_listed_with_what_they_count_and_where_they_come_from()
    {
        var limits = await system.Api.ListRateLimitsAsync(Token);

        Assert.Equal(12, limits.Count);
        var messages = limits.Single(limit => limit.Name == UserMessages);
        Assert.Equal(
            ("Messages for a user", "recipient_user", "{message}", 3600, 3600, "default", "Lmtp:RateLimits:RecipientUserMessages"),
            (messages.Description, messages.Party, messages.Unit, messages.Count, messages.PeriodSeconds, messages.Source, messages.Setting));
        Assert.All(limits.Where(limit => limit != messages), limit => Assert.Equal(0, limit.Count));
    }

    [Fact]
    public async Task Configured_limit_says_so()
    {
        await using var other = await MailSystem.StartBesideAsync(
            system.System, Token, new Dictionary<string, string?> { ["Lmtp__RateLimits__ClientConnections__Count"] = "9" });
        using var http = other.CreateHttpClient();

        var limit = (await new LmtpApiClient(http).ListRateLimitsAsync(Token)).Single(limit => limit.Name == "client_connections");

        Assert.Equal((9, 60, "configuration"), (limit.Count, limit.PeriodSeconds, limit.Source));
    }

    [Fact]
    public async Task Rule_of_a_domain_is_made_read_changed_and_removed()
    {
        var domain = NewDomain();
        var made = await system.Api.SetRateLimitOverrideAsync(DomainMessages, domain.ToUpperInvariant(), Rule(5, 60), null, Token);
        Assert.Equal((DomainMessages, "sender_domain", domain, domain, 5, 60), (made.Limit, made.Party, made.Subject, made.DisplayName, made.Count, made.PeriodSeconds));
        Assert.Equal(made, await system.Api.FindRateLimitOverrideAsync(DomainMessages, domain, Token));

        var changed = await system.Api.SetRateLimitOverrideAsync(DomainMessages, domain, Rule(0, 3600), made.EntityTag, Token);
        Assert.Equal((0, 3600), (changed.Count, changed.PeriodSeconds));
        Assert.NotEqual(made.EntityTag, changed.EntityTag);

        await system.Api.DeleteRateLimitOverrideAsync(DomainMessages, domain, changed.EntityTag, Token);
        Assert.Null(await system.Api.FindRateLimitOverrideAsync(DomainMessages, domain, Token));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(() => system.Api.DeleteRateLimitOverrideAsync(DomainMessages, domain, null, Token)));
    }

    [Fact]
    public async Task First_rule_is_created_and_answers_where_it_is()
    {
        var domain = NewDomain();
        using var response = await system.Http.PutAsJsonAsync($"/api/v1/limits/{DomainMessages}/overrides/{domain}", Rule(5), Token);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        using var found = await system.Http.GetAsync(response.Headers.Location, Token);
        Assert.Equal((HttpStatusCode.OK, response.Headers.ETag), (found.StatusCode, found.Headers.ETag));
    }

    [Fact]
    public async Task Rule_is_replaced_only_by_whoever_saw_it()
    {
        var domain = NewDomain();
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SetAsync(domain, Rule(1), "\"never-seen\""));
        var made = await system.Api.SetRateLimitOverrideAsync(DomainMessages, domain, Rule(1), null, Token);

        Assert.Equal(HttpStatusCode.PreconditionRequired, await SetAsync(domain, Rule(2), null));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SetAsync(domain, Rule(2), "\"other\""));
        var changed = await system.Api.SetRateLimitOverrideAsync(DomainMessages, domain, Rule(2), made.EntityTag, Token);
        Assert.Equal(HttpStatusCode.PreconditionFailed, await SetAsync(domain, Rule(3), made.EntityTag));
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            await StatusAsync(() => system.Api.DeleteRateLimitOverrideAsync(DomainMessages, domain, made.EntityTag, Token)));
        await system.Api.DeleteRateLimitOverrideAsync(DomainMessages, domain, changed.EntityTag, Token);
    }

    [Fact]
    public async Task Of_many_first_rules_at_once_one_is_made()
    {
        var domain = NewDomain();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(count => SetAsync(domain, Rule(count), null)));

        Assert.Equal(1, answers.Count(status => status == HttpStatusCode.OK));
        Assert.All(answers.Where(status => status != HttpStatusCode.OK), status =>
            Assert.Contains(status, new[] { HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionRequired }));
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1_000_000_000, 2_678_400, null)]
    [InlineData(-1, 60, "count")]
    [InlineData(1_000_000_001, 60, "count")]
    [InlineData(1, 0, "periodSeconds")]
    [InlineData(1, 2_678_401, "periodSeconds")]
    public async Task Rules_are_bounded(long count, long period, string? field)
    {
        var call = () => system.Api.SetRateLimitOverrideAsync(DomainMessages, NewDomain(), Rule(count, period), null, Token);
        if (field is null)
        {
            Assert.Equal(count, (await call()).Count);
            return;
        }

        var refusal = await Assert.ThrowsAsync<LmtpApiException>(call);
        Assert.Equal((HttpStatusCode.BadRequest, field), (refusal.StatusCode!.Value, Assert.Single(refusal.Problem!.Errors!).Key));
    }

    [Theory]
    [InlineData("sender_domain_messages", "not@a.domain", HttpStatusCode.BadRequest)]
    [InlineData("sender_messages", "no-address", HttpStatusCode.BadRequest)]
    [InlineData("client_connections", "no-address", HttpStatusCode.BadRequest)]
    [InlineData("recipient_user_messages", "alice", HttpStatusCode.BadRequest)]
    [InlineData("recipient_user_messages", "0123456789abcdef01234567", HttpStatusCode.NotFound)]
    [InlineData("no_such_limit", "example.org", HttpStatusCode.NotFound)]
    public async Task Subject_fits_the_limit(string limit, string subject, HttpStatusCode expected)
    {
        Assert.Equal(expected, await StatusAsync(() => system.Api.SetRateLimitOverrideAsync(limit, subject, Rule(1), null, Token)));
        Assert.Null(await system.Api.FindRateLimitOverrideAsync(limit, subject, Token));
    }

    [Fact]
    public async Task Rules_of_clients_and_senders_are_found_however_they_are_written()
    {
        var network = $"2001:db8:{Random.Shared.Next(1, 0xffff):x}:{Random.Shared.Next(1, 0xffff):x}";
        await system.Api.SetRateLimitOverrideAsync("client_connections", $"{network}:1:2:3:4", Rule(5), null, Token);
        Assert.Equal($"{network}::", (await system.Api.FindRateLimitOverrideAsync("client_connections", $"{network}::9", Token))!.Subject);

        var domain = NewDomain();
        await system.Api.SetRateLimitOverrideAsync("sender_messages", $"Jo.Doe+x@{domain}", Rule(5), null, Token);
        Assert.Equal($"jodoe@{domain}", (await system.Api.FindRateLimitOverrideAsync("sender_messages", $"jodoe@{domain}", Token))!.Subject);
    }

    [Fact]
    public async Task Rules_are_searched_by_subject_user_and_limit_page_by_page()
    {
        var user = await system.NewUserAsync("limited");
        var domain = NewDomain();
        await system.Api.SetRateLimitOverrideAsync(UserMessages, user.Id, Rule(5), null, Token);
        foreach (var limit in new[] { DomainMessages, "sender_domain_recipients", "recipient_domain_messages" })
        {
            await system.Api.SetRateLimitOverrideAsync(limit, domain, Rule(7), null, Token);
        }

        var byName = Assert.Single((await system.Api.ListRateLimitOverridesAsync(user.Username, cancellationToken: Token)).Items);
        Assert.Equal((user.Id, user.Address), (byName.Subject, byName.DisplayName));
        Assert.Equal(byName, Assert.Single((await system.Api.ListRateLimitOverridesAsync(user.Address, cancellationToken: Token)).Items));
        Assert.Single((await system.Api.ListRateLimitOverridesAsync(domain, DomainMessages, cancellationToken: Token)).Items);

        var first = await system.Api.ListRateLimitOverridesAsync(domain[..^5], limit: 2, cancellationToken: Token);
        var second = await system.Api.ListRateLimitOverridesAsync(domain[..^5], cursor: first.NextCursor, limit: 2, cancellationToken: Token);
        Assert.Equal(
            ["recipient_domain_messages", "sender_domain_messages", "sender_domain_recipients"],
            first.Items.Concat(second.Items).Select(rule => rule.Limit));
        Assert.Null(second.NextCursor);
        Assert.Empty((await system.Api.ListRateLimitOverridesAsync(".*", cancellationToken: Token)).Items);
        Assert.Equal(
            HttpStatusCode.BadRequest, await StatusAsync(() => system.Api.ListRateLimitOverridesAsync(name: "nothing", cancellationToken: Token)));
    }

    [Fact]
    public async Task Limits_count_their_rules()
    {
        var before = await OverridesAsync("recipient_domain_kilobytes");
        await system.Api.SetRateLimitOverrideAsync("recipient_domain_kilobytes", NewDomain(), Rule(5), null, Token);

        Assert.Equal(before + 1, await OverridesAsync("recipient_domain_kilobytes"));
    }

    [Fact]
    public async Task Counter_of_a_user_is_read_and_reset()
    {
        system.RequireRedis();
        var user = await system.NewUserAsync("counted");
        await system.Api.SetRateLimitOverrideAsync(UserMessages, user.Id, Rule(2), null, Token);
        Assert.Equal((0, 2, 0), await CounterAsync(user));

        await Eventually.TrueAsync(async () => await ReplyAsync(user) is not "250");
        var (used, remaining, wait) = await CounterAsync(user);
        Assert.Equal((2, 0), (used, remaining));
        Assert.InRange(wait, 43_000, 43_200);
        var limits = await system.Api.GetUserLimitsAsync(user.Id, Token);
        Assert.Equal((user.Id, true), (limits.Subject, limits.CountersAvailable));
        Assert.Equal(["recipient_user_messages", "recipient_user_kilobytes"], limits.Limits.Select(limit => limit.Name));
        Assert.Equal(("override", 86_400), (limits.Limits[0].Source, limits.Limits[0].FreeAfterSeconds));
        Assert.Null(limits.Limits[1].Remaining);

        await system.Api.ResetUserCounterAsync(user.Id, UserMessages, Token);

        Assert.Equal((0, 2, 0), await CounterAsync(user));
        Assert.Equal("250", await ReplyAsync(user));
        var audit = (await system.Api.SearchAuditAsync(operation: "ResetUserCounter", target: user.Id, cancellationToken: Token)).Items;
        Assert.Equal(2, Assert.Single(audit).Before!.Value.GetProperty("used").GetInt64());
    }

    [Fact]
    public async Task Counters_of_domains_senders_and_clients_are_read_and_reset()
    {
        system.RequireRedis();
        var domain = NewDomain();
        var ofDomain = await system.Api.GetDomainLimitsAsync(domain.ToUpperInvariant(), Token);
        var ofSender = await system.Api.GetSenderLimitsAsync($"a.b+c@{domain}", Token);
        var ofClient = await system.Api.GetClientLimitsAsync("2001:db8::1", Token);

        Assert.Equal((domain, 5), (ofDomain.Subject, ofDomain.Limits.Count));
        Assert.Equal(($"ab@{domain}", 3), (ofSender.Subject, ofSender.Limits.Count));
        Assert.Equal(("2001:db8::", 2), (ofClient.Subject, ofClient.Limits.Count));
        await system.Api.ResetDomainCounterAsync(domain, DomainMessages, Token);
        await system.Api.ResetSenderCounterAsync($"ab@{domain}", "sender_messages", Token);
        await system.Api.ResetClientCounterAsync("192.0.2.1", "client_connections", Token);
    }

    [Fact]
    public async Task Subjects_and_limits_that_are_none_are_refused()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(() => system.Api.GetUserLimitsAsync("0123456789abcdef01234567", Token)));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(() => system.Api.GetDomainLimitsAsync("a@b", Token)));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(() => system.Api.GetSenderLimitsAsync("nobody", Token)));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(() => system.Api.GetClientLimitsAsync("nobody", Token)));
        Assert.Equal(
            HttpStatusCode.NotFound, await StatusAsync(() => system.Api.ResetDomainCounterAsync("example.org", "sender_messages", Token)));
    }

    [Fact]
    public async Task Without_redis_rules_are_shown_and_no_counter_is_reset()
    {
        await using var other = await MailSystem.StartBesideAsync(system.System, Token);
        using var http = other.CreateHttpClient();
        var api = new LmtpApiClient(http);
        var user = await system.NewUserAsync();

        var limits = await api.GetUserLimitsAsync(user.Id, Token);

        Assert.False(limits.CountersAvailable);
        Assert.Equal((3600, 0), (limits.Limits[0].Count, limits.Limits[0].Used));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => api.ResetUserCounterAsync(user.Id, UserMessages, Token)));
    }

    [Fact]
    public async Task Key_that_may_only_read_changes_nothing()
    {
        var key = await system.Api.CreateApiKeyAsync(new CreateApiKeyRequest { Name = ApiSystem.NewName("reader"), Scope = "read" }, Token);
        using var http = system.System.CreateHttpClient(key.Key);
        var reader = new LmtpApiClient(http);
        var user = await system.NewUserAsync();

        await reader.ListRateLimitsAsync(Token);
        await reader.ListRateLimitOverridesAsync(cancellationToken: Token);
        await reader.GetUserLimitsAsync(user.Id, Token);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.SetRateLimitOverrideAsync(UserMessages, user.Id, Rule(1), null, Token)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.DeleteRateLimitOverrideAsync(UserMessages, user.Id, null, Token)));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(() => reader.ResetUserCounterAsync(user.Id, UserMessages, Token)));
    }

    [Fact]
    public async Task Change_of_a_rule_is_in_the_audit_log()
    {
        var user = await system.NewUserAsync();
        var made = await system.Api.SetRateLimitOverrideAsync(UserMessages, user.Id, Rule(5), null, Token);
        await system.Api.SetRateLimitOverrideAsync(UserMessages, user.Id, Rule(6), made.EntityTag, Token);
        await system.Api.DeleteRateLimitOverrideAsync(UserMessages, user.Id, null, Token);

        var entries = (await system.Api.SearchAuditAsync(target: user.Id, cancellationToken: Token)).Items;

        Assert.Equal(["DeleteRateLimitOverride", "SetRateLimitOverride", "SetRateLimitOverride", "CreateUser"], entries.Select(entry => entry.Operation));
        Assert.Equal([6L, 5L, null], entries.Take(3).Select(entry => entry.Before?.GetProperty("count").GetInt64()));
        Assert.Equal([null, 6L, 5L], entries.Take(3).Select(entry => entry.After?.GetProperty("count").GetInt64()));
    }

    private static string NewDomain() => $"{ApiSystem.NewName("limit")}-{Guid.NewGuid():N}.test";

    private static async Task<HttpStatusCode> StatusAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<LmtpApiException>(call)).StatusCode ?? 0;

    private async Task<HttpStatusCode> SetAsync(string domain, SetRateLimitOverrideRequest rule, string? tag)
    {
        try
        {
            await system.Api.SetRateLimitOverrideAsync(DomainMessages, domain, rule, tag, Token);
            return HttpStatusCode.OK;
        }
        catch (LmtpApiException refusal)
        {
            return refusal.StatusCode ?? 0;
        }
    }

    private async Task<int> OverridesAsync(string name) =>
        (await system.Api.ListRateLimitsAsync(Token)).Single(limit => limit.Name == name).Overrides;

    private async Task<(long Used, long? Remaining, double Wait)> CounterAsync(UserResponse user)
    {
        var limit = (await system.Api.GetUserLimitsAsync(user.Id, Token)).Limits.Single(limit => limit.Name == UserMessages);
        return (limit.Used, limit.Remaining, limit.RetryAfterSeconds);
    }

    private async Task<string> ReplyAsync(UserResponse user)
    {
        await using var client = await LmtpClient.OpenAsync(system.System.Lmtp, Token);
        await client.CommandAsync("MAIL FROM:<a@example.org>", Token);
        return (await client.CommandAsync($"RCPT TO:<{user.Address}>", Token))[..3];
    }
}
