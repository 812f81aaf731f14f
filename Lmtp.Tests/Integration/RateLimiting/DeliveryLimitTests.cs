using System.Net;
using Lmtp.Server.Delivery;
using Lmtp.Tests.Integration.Delivery;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>Each limit on a message's way: the last that passes, and the first that does not.</summary>
public sealed class DeliveryLimitTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : DeliveryLimitScene(mongo, redis), IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
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
        await host.AddUserAsync($"alice@{Domain}");
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
        await host.AddUserAsync($"alice@{Domain}");
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
        await host.AddUserAsync($"alice@{Domain}");
        await host.AddUserAsync($"bob@{Domain}");
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
        var user = await host.AddUserAsync($"alice@{Domain}");
        var started = TimeProvider.System.GetTimestamp();
        await UseAsync(host, user, Count - 1);
        var accepted = 0;
        while (accepted < Count && (await VerifyAsync(host, "alice", "s")).Status == DeliveryStatus.Accepted)
        {
            accepted++;
        }

        // A second gives one back.
        Assert.InRange(accepted, 1, 1 + (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds);
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
        await host.AddUserAsync($"alice@{Domain}");
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
        await host.AddUserAsync($"alice@{Domain}");
        await host.AddUserAsync($"bob@{Domain}");
        var transaction = DeliveryHost.NewTransaction($"s@{Domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await host.VerifyAsync($"alice@{Domain}", transaction)).Status);
        Assert.Equal(second, (await host.VerifyAsync($"bob@{Domain}", transaction)).Status);
    }

    [Fact]
    public async Task Tag_of_a_sender_is_no_way_round_a_limit()
    {
        await using var host = await StartAsync(Limit("SenderMessages", 1));
        await host.AddUserAsync($"alice@{Domain}");
        Assert.Equal(DeliveryStatus.Accepted, (await VerifyAsync(host, "alice", "s+1")).Status);
        Assert.Equal(DeliveryStatus.RateLimited, (await VerifyAsync(host, "alice", "S+2")).Status);
    }

    [Fact]
    public async Task Null_sender_has_no_limit_of_senders()
    {
        await using var host = await StartAsync([.. Limit("SenderMessages", 1), .. Limit("SenderDomainMessages", 1)]);
        await host.AddUserAsync($"alice@{Domain}");
        for (var index = 0; index < 3; index++)
        {
            var verdict = await host.VerifyAsync($"alice@{Domain}", DeliveryHost.NewTransaction(""));
            Assert.Equal(DeliveryStatus.Accepted, verdict.Status);
        }
    }

    [Fact]
    public async Task Refused_recipient_counts_nothing()
    {
        await using var host = await StartAsync(Limit("SenderRecipients", 1));
        await host.AddUserAsync($"alice@{Domain}");
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
        await host.AddUserAsync($"alice@{Domain}");
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
    public async Task Health_is_good_without_redis_when_nobody_set_a_limit()
    {
        await using var host = await DeliveryHost.StartAsync(Mongo, $"limits{Guid.NewGuid():N}");
        var report = await host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, report.Entries["rate-limits"].Status);
    }

    [Theory]
    [InlineData("false", DeliveryStatus.Accepted, HealthStatus.Degraded)]
    [InlineData("true", DeliveryStatus.TemporaryFailure, HealthStatus.Unhealthy)]
    public async Task Without_redis_the_option_decides_and_health_says_so(string failClosed, DeliveryStatus expected, HealthStatus health)
    {
        await using var host = await DeliveryHost.StartAsync(
            Mongo,
            $"limits{Guid.NewGuid():N}",
            [("Lmtp:RateLimits:FailClosed", failClosed), .. Limit("SenderMessages", 1)]);
        await host.AddUserAsync($"alice@{Domain}");
        Assert.Equal(expected, (await VerifyAsync(host, "alice", "s")).Status);
        Assert.Equal(expected, (await VerifyAsync(host, "alice", "s")).Status);
        var report = await host.Get<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(health, report.Entries["rate-limits"].Status);
    }
}
