using System.Net;
using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Limits;
using Lmtp.Server.RateLimiting;
using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.RateLimiting;

/// <summary>A server with limits, a domain of its own in Redis, and what its tests do with it.</summary>
public abstract class DeliveryLimitScene(EmbeddedMongoFixture mongo, RedisFixture redis)
{
    private protected const string Period = "1.00:00:00";

    private protected EmbeddedMongoFixture Mongo { get; } = mongo;

    // Keys name addresses and ids, so that tests on one Redis differ by their domain.
    private protected string Domain { get; } = $"d{Guid.NewGuid():N}.test";

    private protected static async Task<RateLimitReading> ReadAsync(DeliveryHost host, ObjectId user)
    {
        var document = await host.Users.GetAsync(user, TestContext.Current.CancellationToken);
        var (readings, isAvailable) = await host.Get<EffectiveLimits>().ReadAsync(
            $"{user}", [LimitedParty.RecipientUser], document, TestContext.Current.CancellationToken);
        Assert.True(isAvailable);
        return readings.Single(reading => reading.Request.Limit.Name == "recipient_user_messages");
    }

    private protected static async Task UseAsync(DeliveryHost host, ObjectId user, long count)
    {
        var request = (await ReadAsync(host, user)).Request with { Cost = count };
        await host.Get<RateLimiter>().CheckAsync([request], isDryRun: false, TestContext.Current.CancellationToken);
    }

    private protected static (string Key, string Value)[] Limit(string name, int count) =>
        [($"Lmtp:RateLimits:{name}:Count", $"{count}"), ($"Lmtp:RateLimits:{name}:Period", Period)];

    private protected static ValueTask<TimeSpan?> AdmitAsync(DeliveryHost host, IPAddress client) =>
        host.Agent.AdmitClientAsync(client, TestContext.Current.CancellationToken);

    private protected async Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings)
    {
        redis.Require();
        var host = await DeliveryHost.StartAsync(
            Mongo,
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

    private protected ValueTask<RecipientVerdict> VerifyAsync(DeliveryHost host, string recipient, string sender) =>
        host.VerifyAsync($"{recipient}@{Domain}", NewTransaction(sender));

    private protected ValueTask<TransactionVerdict> BeginAsync(DeliveryHost host) =>
        host.Agent.BeginTransactionAsync(NewTransaction("s"), TestContext.Current.CancellationToken);

    // The client's address is as much a subject as the rest, so each test has its own.
    private protected MailTransaction NewTransaction(string sender)
    {
        var transaction = DeliveryHost.NewTransaction($"{sender}@{Domain}");
        return transaction with
        {
            Session = transaction.Session with { ClientAddress = new IPAddress(Encoding.ASCII.GetBytes(Domain)[1..17]) },
        };
    }

    private protected async Task<DeliveryOutcome> DeliverAsync(DeliveryHost host, int size) =>
        Assert.Single(await DeliverAsync(host, size, "alice"));

    private protected Task<DeliveryOutcome[]> DeliverAsync(DeliveryHost host, int size, params string[] recipients)
    {
        var header = $"Message-ID: <{Guid.NewGuid():N}@x.test>\r\n\r\n";
        var text = size > header.Length ? header.PadRight(size, 'x') : new string('x', size);
        return host.DeliverAsync(
            DeliveryHost.NewTransaction($"s@{Domain}"),
            Encoding.ASCII.GetBytes(text),
            [.. recipients.Select(recipient => $"{recipient}@{Domain}")]);
    }
}
