using System.Net;
using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>Each limit on a message's way: the last that passes, and the first that does not.</summary>
public sealed class DeliveryLimitTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    private const string Period = "1.00:00:00";

    // Keys name addresses and ids, so that tests on one Redis differ by their domain.
    private readonly string _domain = $"d{Guid.NewGuid():N}.test";

    [Theory]
    [InlineData("SenderMessages", 1)]
    [InlineData("SenderDomainMessages", 1)]
    [InlineData("SenderRecipients", 1)]
    [InlineData("SenderDomainRecipients", 1)]
    [InlineData("RecipientUserMessages", 1)]
    [InlineData("RecipientDomainMessages", 1)]
    public async Task Recipient_is_put_off_when_a_limit_is_reached(string limit, int count)
    {
        await using var host = await StartAsync(Limit(limit, count));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        var verdict = await VerifyAsync(host, "alice", "s");
        Assert.Equal(DeliveryStatus.RateLimited, verdict.Status);
        Assert.InRange(verdict.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.StartsWith("too many ", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transactions_of_a_client_are_counted_at_mail_whatever_becomes_of_them()
    {
        await using var host = await StartAsync(Limit("ClientTransactions", 2));
        Assert.Equal(DeliveryStatus.Accepted, (await BeginAsync(host)).Status);
        Assert.Equal(DeliveryStatus.Accepted, (await BeginAsync(host)).Status);
        var verdict = await BeginAsync(host);
        Assert.Equal((DeliveryStatus.RateLimited, "too many transactions of this client"), (verdict.Status, verdict.Detail));
        Assert.InRange(verdict.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Transaction_without_an_accepted_recipient_is_no_message_of_its_sender()
    {
        await using var host = await StartAsync(Limit("SenderMessages", 1));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await BeginAsync(host)).Status);
        Assert.Equal(DeliveryStatus.UnknownRecipient, (await VerifyAsync(host, "nobody", "s")).Status);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Theory]
    [InlineData("SenderKilobytes", 4, DeliveryStatus.Stored)]
    [InlineData("SenderDomainKilobytes", 4, DeliveryStatus.Stored)]
    [InlineData("SenderKilobytes", 3, DeliveryStatus.RateLimited)]
    [InlineData("RecipientDomainKilobytes", 8, DeliveryStatus.Stored)]
    [InlineData("RecipientDomainKilobytes", 7, DeliveryStatus.RateLimited)]
    public async Task Bytes_count_once_for_the_sender_and_for_each_recipient(string limit, int count, DeliveryStatus second)
    {
        await using var host = await StartAsync(Limit(limit, count));
        await host.AddUserAsync($"alice@{_domain}");
        await host.AddUserAsync($"bob@{_domain}");
        var messages = new List<DeliveryOutcome>();
        for (var index = 0; index < 2; index++)
        {
            messages.AddRange(await DeliverAsync(host, 2048, "alice", "bob"));
        }

        Assert.Equal([DeliveryStatus.Stored, DeliveryStatus.Stored], messages.Take(2).Select(outcome => outcome.Status));
        Assert.Contains(messages.Skip(2), outcome => outcome.Status == second);
        Assert.Equal(second == DeliveryStatus.Stored ? 4 : limit.StartsWith("Sender", StringComparison.Ordinal) ? 2 : 3, messages.Count(outcome => outcome.Status == DeliveryStatus.Stored));
    }

    [Fact]
    public async Task Default_lets_an_hour_of_mail_through_at_once_and_no_more()
    {
        const int Count = 3600;
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{_domain}");
        await UseAsync(host, user, Count - 1);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        await UseAsync(host, user, 1);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Theory]
    [InlineData("SenderMessages", true)]
    [InlineData("SenderRecipients", true)]
    [InlineData("SenderDomainMessages", false)]
    [InlineData("SenderDomainRecipients", false)]
    [InlineData("RecipientUserMessages", false)]
    public async Task Limit_counts_for_whom_it_names(string limit, bool otherSenderPasses)
    {
        await using var host = await StartAsync(Limit(limit, 1));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(
            otherSenderPasses ? DeliveryStatus.Accepted : DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "other")).Status);
    }

    [Theory]
    [InlineData("SenderMessages", DeliveryStatus.Accepted)]
    [InlineData("SenderRecipients", DeliveryStatus.RateLimited)]
    public async Task Message_counts_once_and_every_recipient_of_it(string limit, DeliveryStatus second)
    {
        await using var host = await StartAsync(Limit(limit, 1));
        await host.AddUserAsync($"alice@{_domain}");
        await host.AddUserAsync($"bob@{_domain}");
        var transaction = DeliveryHost.NewTransaction($"s@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await host.VerifyAsync($"alice@{_domain}", transaction)).Status);
        Assert.Equal(second, (await host.VerifyAsync($"bob@{_domain}", transaction)).Status);
    }

    [Fact]
    public async Task Tag_of_a_sender_is_no_way_round_a_limit()
    {
        await using var host = await StartAsync(Limit("SenderMessages", 1));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s+1")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "S+2")).Status);
    }

    [Fact]
    public async Task Null_sender_has_no_limit_of_senders()
    {
        await using var host = await StartAsync([.. Limit("SenderMessages", 1), .. Limit("SenderDomainMessages", 1)]);
        await host.AddUserAsync($"alice@{_domain}");
        for (var index = 0; index < 3; index++)
        {
            var verdict = await host.VerifyAsync($"alice@{_domain}", DeliveryHost.NewTransaction(""));
            Assert.Equal(DeliveryStatus.Accepted, verdict.Status);
        }
    }

    [Fact]
    public async Task Refused_recipient_counts_nothing()
    {
        await using var host = await StartAsync(Limit("SenderRecipients", 1));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.UnknownRecipient, (await VerifyAsync(host, "nobody", "s")).Status);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Theory]
    [InlineData("SenderKilobytes")]
    [InlineData("SenderDomainKilobytes")]
    [InlineData("RecipientUserKilobytes")]
    [InlineData("RecipientDomainKilobytes")]
    public async Task Bytes_are_counted_when_the_message_has_arrived(string limit)
    {
        await using var host = await StartAsync(Limit(limit, 4));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Stored, (await DeliverAsync(host, 2048)).Status);
        Assert.Equal(DeliveryStatus.Stored, (await DeliverAsync(host, 2047)).Status);
        var outcome = await DeliverAsync(host, 1);
        Assert.Equal(DeliveryStatus.RateLimited, outcome.Status);
        Assert.Contains("(try again in ", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Clients_are_let_in_up_to_the_limit()
    {
        await using var host = await StartAsync(Limit("ClientConnections", 2));
        var bytes = Guid.NewGuid().ToByteArray();
        var first = new IPAddress(bytes);
        bytes[15] ^= 1;
        var neighbour = new IPAddress(bytes);
        bytes[0] ^= 1;
        var stranger = new IPAddress(bytes);
        Assert.Null(await AdmitAsync(host, first));
        Assert.Null(await AdmitAsync(host, neighbour));
        Assert.NotNull(await AdmitAsync(host, first));
        Assert.Null(await AdmitAsync(host, stranger));
    }

    [Fact]
    public async Task Received_maximum_of_the_user_holds_and_changes_at_once()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{_domain}");
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 1 }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Theory]
    [InlineData("{ recipient_user_messages: { count: 1, period: 86400 } }", DeliveryStatus.RateLimited)]
    [InlineData("{ recipient_user_messages: { count: 0, period: 86400 } }", DeliveryStatus.Accepted)]
    [InlineData("{ recipient_user_messages: { count: 'x' } }", DeliveryStatus.Accepted)]
    [InlineData("{ sender_messages: { count: 1, period: 86400 } }", DeliveryStatus.Accepted)]
    public async Task Limits_in_the_user_document_are_about_what_the_user_receives(string limits, DeliveryStatus second)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{_domain}");
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("lmtp.limits", BsonDocument.Parse(limits)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(second, (await VerifyAsync(host, "alice", "s")).Status);
    }

    [Fact]
    public async Task Override_in_the_database_takes_effect_without_a_restart()
    {
        await using var host = await StartAsync(Limit("SenderDomainMessages", 1));
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "s")).Status);

        var overrides = host.Get<RateLimitOverrideStore>();
        var id = $"sender_domain_messages:{_domain}";
        await overrides.SetAsync(new RateLimitOverride(id, 0, TimeSpan.FromDays(1)), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => (await VerifyAsync(host, "alice", "s")).Status == DeliveryStatus.Accepted);

        Assert.True(await overrides.RemoveAsync(id, TestContext.Current.CancellationToken));
        await Eventually.TrueAsync(async () => (await VerifyAsync(host, "alice", "s")).Status == DeliveryStatus.RateLimited);
    }

    [Fact]
    public async Task Override_is_stronger_than_the_document_and_that_than_the_received_maximum()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal((RateLimitSource.Default, 3600), await RuleAsync(host, user));
        await host.Users.UpdateAsync(user, new UserChanges { ReceivedMax = 5 }, TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.ReceivedMax, 5), await RuleAsync(host, user));
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("lmtp.limits", BsonDocument.Parse("{ recipient_user_messages: { count: 4, period: 60 } }")),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.UserDocument, 4), await RuleAsync(host, user));
        await host.Get<RateLimitOverrideStore>().SetAsync(
            new RateLimitOverride($"recipient_user_messages:{user}", 3, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        Assert.Equal((RateLimitSource.Override, 3), await RuleAsync(host, user));
    }

    [Fact]
    public async Task Looking_at_counters_uses_nothing()
    {
        await using var host = await StartAsync(Limit("RecipientUserMessages", 1));
        var user = await host.AddUserAsync($"alice@{_domain}");
        for (var index = 0; index < 3; index++)
        {
            Assert.Equal(0, (await ReadAsync(host, user)).Used);
        }

        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s")).Status);
        var reading = await ReadAsync(host, user);
        Assert.Equal(1, reading.Used);
        Assert.InRange(reading.Wait, TimeSpan.FromHours(23), TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task Health_is_good_without_redis_when_nobody_set_a_limit()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, $"limits{Guid.NewGuid():N}");
        var report = await host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, report.Entries["rate-limits"].Status);
    }

    [Theory]
    [InlineData("false", DeliveryStatus.Accepted, HealthStatus.Degraded)]
    [InlineData("true", DeliveryStatus.TemporaryFailure, HealthStatus.Unhealthy)]
    public async Task Without_redis_the_option_decides_and_health_says_so(string failClosed, DeliveryStatus expected, HealthStatus health)
    {
        await using var host = await DeliveryHost.StartAsync(
            mongo,
            $"limits{Guid.NewGuid():N}",
            [("Lmtp:RateLimits:FailClosed", failClosed), .. Limit("SenderMessages", 1)]);
        await host.AddUserAsync($"alice@{_domain}");
        Assert.Equal(expected, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(expected, (await VerifyAsync(host, "alice", "s")).Status);
        var report = await host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(health, report.Entries["rate-limits"].Status);
    }

    private static async Task<(RateLimitSource Source, long Count)> RuleAsync(DeliveryHost host, ObjectId user)
    {
        var request = (await ReadAsync(host, user)).Request;
        return (request.Source, request.Rule.Count);
    }

    private static async Task<RateLimitReading> ReadAsync(DeliveryHost host, ObjectId user)
    {
        var document = await host.Users.GetAsync(user, TestContext.Current.CancellationToken);
        var (readings, isAvailable) = await host.Get<EffectiveLimits>().ReadAsync(
            $"{user}", [LimitedParty.RecipientUser], document, TestContext.Current.CancellationToken);
        Assert.True(isAvailable);
        return readings.Single(reading => reading.Request.Limit.Name == "recipient_user_messages");
    }

    private static async Task UseAsync(DeliveryHost host, ObjectId user, long count)
    {
        var request = (await ReadAsync(host, user)).Request with { Cost = count };
        await host.Get<RateLimiter>().CheckAsync([request], isDryRun: false, TestContext.Current.CancellationToken);
    }

    private static (string Key, string Value)[] Limit(string name, int count) =>
        [($"Lmtp:RateLimits:{name}:Count", $"{count}"), ($"Lmtp:RateLimits:{name}:Period", Period)];

    private static ValueTask<TimeSpan?> AdmitAsync(DeliveryHost host, IPAddress client) =>
        host.Agent.AdmitClientAsync(client, TestContext.Current.CancellationToken);

    private async Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings)
    {
        redis.Require();
        var host = await DeliveryHost.StartAsync(
            mongo,
            $"limits{Guid.NewGuid():N}",
            builder => builder.AddRedisClient("redis", redisSettings => redisSettings.DisableHealthChecks = true),
            [
                ("ConnectionStrings:redis", redis.ConnectionString),
                ("Lmtp:RateLimits:Timeout", "00:00:30"),
                ("Lmtp:RateLimits:OverrideCacheTime", "00:00:00.1"),
                .. settings,
            ]);
        await Eventually.TrueAsync(() => host.Get<RedisConnection>().IsConnected);
        return host;
    }

    private ValueTask<RecipientVerdict> VerifyAsync(DeliveryHost host, string recipient, string sender) =>
        host.VerifyAsync($"{recipient}@{_domain}", NewTransaction(sender));

    private ValueTask<TransactionVerdict> BeginAsync(DeliveryHost host) =>
        host.Agent.BeginTransactionAsync(NewTransaction("s"), TestContext.Current.CancellationToken);

    // The client's address is as much a subject as the rest, so each test has its own.
    private MailTransaction NewTransaction(string sender)
    {
        var transaction = DeliveryHost.NewTransaction($"{sender}@{_domain}");
        return transaction with
        {
            Session = transaction.Session with { ClientAddress = new IPAddress(Encoding.ASCII.GetBytes(_domain)[1..17]) },
        };
    }

    private async Task<DeliveryOutcome> DeliverAsync(DeliveryHost host, int size) =>
        Assert.Single(await DeliverAsync(host, size, "alice"));

    private Task<DeliveryOutcome[]> DeliverAsync(DeliveryHost host, int size, params string[] recipients)
    {
        var header = $"Message-ID: <{Guid.NewGuid():N}@x.test>\r\n\r\n";
        var text = size > header.Length ? header.PadRight(size, 'x') : new string('x', size);
        return host.DeliverAsync(
            DeliveryHost.NewTransaction($"s@{_domain}"),
            Encoding.ASCII.GetBytes(text),
            [.. recipients.Select(recipient => $"{recipient}@{_domain}")]);
    }
}
