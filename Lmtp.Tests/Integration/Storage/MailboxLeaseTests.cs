using Lmtp.Server.Storage;
using Lmtp.Tests.Integration.Delivery;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using StackExchange.Redis;

namespace Lmtp.Tests.Integration.Storage;

/// <summary>One server at a time writes into a mailbox, as long as Redis is there and none is held up.</summary>
public abstract class MailboxLeaseTests(EmbeddedMongoFixture mongo)
{
    private readonly ObjectId _mailbox = ObjectId.GenerateNewId();

    protected abstract string ConnectionString { get; }

    /// <summary>For the test's own looks: to connect for each may take longer than a lease lasts.</summary>
    protected abstract IConnectionMultiplexer Connection { get; }

    protected abstract void Require();

    [Fact]
    public async Task Second_server_gets_the_mailbox_when_the_first_lets_it_go()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var held = await first.Get<MailboxLease>().AcquireAsync(_mailbox);
        var waiting = second.Get<MailboxLease>().AcquireAsync(_mailbox);
        await Eventually.TrueAsync(async () => await HasTurnAsync());
        Assert.False(waiting.IsCompleted);

        await held.ReleaseAsync();
        await (await waiting).ReleaseAsync();
    }

    [Fact]
    public async Task Server_that_waits_is_next_before_the_one_that_has_more_to_write()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        for (var round = 0; round < 20; round++)
        {
            var held = await first.Get<MailboxLease>().AcquireAsync(_mailbox);
            var waiting = second.Get<MailboxLease>().AcquireAsync(_mailbox);
            await Eventually.TrueAsync(async () => await HasTurnAsync());
            await held.ReleaseAsync();
            var again = first.Get<MailboxLease>().AcquireAsync(_mailbox);
            Assert.Same(waiting, await Task.WhenAny(waiting, again));
            await (await waiting).ReleaseAsync();
            await (await again).ReleaseAsync();
        }
    }

    [Fact]
    public async Task Other_mailboxes_wait_for_nothing()
    {
        await using var host = await StartAsync();
        var held = await host.Get<MailboxLease>().AcquireAsync(_mailbox);
        await (await host.Get<MailboxLease>().AcquireAsync(ObjectId.GenerateNewId())).ReleaseAsync();
        await held.ReleaseAsync();
    }

    [Fact]
    public async Task Mailbox_that_is_not_let_go_is_written_to_after_a_lease()
    {
        await using var dead = await StartAsync();
        await using var host = await StartAsync(lease: "00:00:01");
        await dead.Get<MailboxLease>().AcquireAsync(_mailbox);
        await (await host.Get<MailboxLease>().AcquireAsync(_mailbox)).ReleaseAsync();

        // The lease of the other server is its own still.
        Assert.True(await IsHeldAsync());
    }

    [Fact]
    public async Task Lease_can_be_switched_off()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(lease: "00:00:00");
        await first.Get<MailboxLease>().AcquireAsync(_mailbox);
        await (await second.Get<MailboxLease>().AcquireAsync(_mailbox)).ReleaseAsync();
        Assert.True(await IsHeldAsync());
    }

    private async Task<bool> IsHeldAsync() => await ExistsAsync($"lmtp:mailbox:{_mailbox}");

    private async Task<bool> HasTurnAsync() => await ExistsAsync($"lmtp:mailbox:{_mailbox}:turn");

    private Task<bool> ExistsAsync(string key) => Connection.GetDatabase().KeyExistsAsync(key);

    private async Task<DeliveryHost> StartAsync(string lease = "00:00:30")
    {
        Require();
        var host = await DeliveryHost.StartAsync(
            mongo,
            EmbeddedMongoFixture.NewName("lease"),
            builder => builder.AddRedisClient("redis"),
            ("ConnectionStrings:redis", ConnectionString),
            ("Lmtp:Storage:CreateIndexes", "false"),
            ("Lmtp:Storage:MailboxLease", lease));
        await Eventually.TrueAsync(() => host.Get<RedisConnection>().IsConnected);
        return host;
    }
}
