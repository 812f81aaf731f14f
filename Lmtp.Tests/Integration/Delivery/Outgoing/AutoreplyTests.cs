using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

public sealed class AutoreplyTests(EmbeddedMongoFixture mongo, RedisFixture redis)
    : IClassFixture<EmbeddedMongoFixture>, IClassFixture<RedisFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_sender_is_answered_once_within_the_interval()
    {
        await using var host = await StartAsync();
        await AddAbsentUserAsync(host, "alice@example.test");
        for (var i = 0; i < 3; i++)
        {
            await DeliverAsync(host, "one@friend.test", $"Subject: {i}\r\n\r\n{i}\r\n");
            await DeliverAsync(host, "two@friend.test", $"Subject: {i}\r\n\r\n{i}\r\n");
        }

        var entries = await ForwardingTests.EntriesAsync(host);
        Assert.Equal(["one@friend.test", "two@friend.test"], entries.Select(entry => entry["recipient"].AsString).Order());
        Assert.Equal(6, (await host.FindAsync("messages")).Count);
        await Eventually.TrueAsync(async () =>
            (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 10, Token)).Items
                .Count(entry => entry.Outgoing is [{ Reason: "the sender had a reply lately" }]) == 4);
    }

    [Fact]
    public async Task Retry_of_a_message_that_was_answered_sends_no_second_reply()
    {
        await using var host = await StartAsync();
        await AddAbsentUserAsync(host, "alice@example.test");
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        Assert.Single(await ForwardingTests.EntriesAsync(host));
        Assert.Single(await host.FindAsync("messages"));
    }

    [Fact]
    public async Task Reply_whose_delivery_was_undone_is_sent_by_the_next_attempt()
    {
        await using var host = await StartAsync();
        await AddAbsentUserAsync(host, "alice@example.test");
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        await UndoAsync(host);
        Assert.Empty(await ForwardingTests.FilesAsync(host));

        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        Assert.Single(await ForwardingTests.EntriesAsync(host));
    }

    [Theory]
    [InlineData("List-Id: <l.friend.test>", "one@friend.test")]
    [InlineData("X-Auto-Response-Suppress: DR, oof", "one@friend.test")]
    [InlineData("Precedence: JUNK", "one@friend.test")]
    [InlineData("X: y", "No-Reply@friend.test")]
    [InlineData("X: y", "noreply+1@friend.test")]
    [InlineData("X: y", "alice@example.test")]
    [InlineData("X-Spam-Flag: YES", "one@friend.test")]
    public async Task Machines_lists_and_spam_get_no_reply(string header, string sender)
    {
        await using var host = await StartAsync();
        await AddAbsentUserAsync(host, "alice@example.test");
        Assert.Equal(DeliveryStatus.Stored, await DeliverAsync(host, sender, $"{header}\r\n\r\nx\r\n"));
        Assert.Empty(await ForwardingTests.FilesAsync(host));
    }

    [Theory]
    [InlineData(-2, -1, false)]
    [InlineData(1, 2, false)]
    [InlineData(-1, 1, true)]
    public async Task Replies_are_sent_between_start_and_end_only(int startDays, int endDays, bool expected)
    {
        await using var host = await StartAsync();
        await AddAbsentUserAsync(
            host, "alice@example.test", ("start", DateTime.UtcNow.AddDays(startDays)), ("end", DateTime.UtcNow.AddDays(endDays)));
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        Assert.Equal(expected ? 1 : 0, (await ForwardingTests.EntriesAsync(host)).Count);
    }

    [Fact]
    public async Task Without_redis_each_sender_is_answered_once_within_the_interval()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("autoreply"));
        await AddAbsentUserAsync(host, "alice@example.test");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(DeliveryStatus.Stored, await DeliverAsync(host, "one@friend.test", $"Subject: {i}\r\n\r\n{i}\r\n"));
        }

        await DeliverAsync(host, "two@friend.test", "Subject: x\r\n\r\nx\r\n");
        Assert.Equal(
            ["one@friend.test", "two@friend.test"],
            (await ForwardingTests.EntriesAsync(host)).Select(entry => entry["recipient"].AsString).Order());

        // Four hours later.
        await RepliesOf(host).UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Set("expireAt", DateTime.UtcNow.AddSeconds(-1)),
            cancellationToken: Token);
        await DeliverAsync(host, "one@friend.test", "Subject: later\r\n\r\nx\r\n");
        Assert.Equal(3, (await ForwardingTests.EntriesAsync(host)).Count);
    }

    [Fact]
    public async Task Without_redis_two_servers_answer_a_sender_once()
    {
        var database = EmbeddedMongoFixture.NewName("autoreply");
        await using var first = await DeliveryHost.StartAsync(mongo, database);
        await using var second = await DeliveryHost.StartAsync(mongo, database);
        await AddAbsentUserAsync(first, "alice@example.test");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            DeliverAsync(number % 2 == 0 ? first : second, "one@friend.test", $"Subject: {number}\r\n\r\n{number}\r\n")));
        Assert.Single(await ForwardingTests.EntriesAsync(first));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Messages_of_one_millisecond_are_answered_once(bool hasRedis)
    {
        await using var host = await StartAsync(
            EmbeddedMongoFixture.NewName("autoreply"), hasRedis, builder => builder.Services.AddSingleton<TimeProvider>(new StoppedClock()));
        await AddAbsentUserAsync(host, "alice@example.test");
        for (var i = 0; i < 3; i++)
        {
            await DeliverAsync(host, "one@friend.test", $"Subject: {i}\r\n\r\n{i}\r\n");
        }

        Assert.Single(await ForwardingTests.EntriesAsync(host));
    }

    [Fact]
    public async Task Sender_who_was_answered_without_redis_is_not_answered_again_with_it()
    {
        var database = EmbeddedMongoFixture.NewName("autoreply");
        await using var without = await DeliveryHost.StartAsync(mongo, database);
        await AddAbsentUserAsync(without, "alice@example.test");
        await DeliverAsync(without, "one@friend.test", "Subject: 1\r\n\r\n1\r\n");
        await using var with = await StartAsync(database);
        await DeliverAsync(with, "one@friend.test", "Subject: 2\r\n\r\n2\r\n");
        Assert.Single(await ForwardingTests.EntriesAsync(with));
    }

    [Fact]
    public async Task Reply_that_was_undone_without_redis_is_forgotten()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("autoreply"));
        await AddAbsentUserAsync(host, "alice@example.test");
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        await UndoAsync(host);
        Assert.Equal(0, await RepliesOf(host).CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Token));
        await DeliverAsync(host, "one@friend.test", "Subject: x\r\n\r\nx\r\n");
        Assert.Single(await ForwardingTests.EntriesAsync(host));
    }

    [Fact]
    public async Task Forwarding_address_forwards_and_answers()
    {
        await using var host = await StartAsync();
        await ForwardingTests.AddForwardingAsync(host, "list@example.test", "x@y.test");
        await host.Database.GetCollection<BsonDocument>("addresses").UpdateOneAsync(
            FilterDefinition<BsonDocument>.Empty,
            BsonDocument.Parse("{ $set: { autoreply: { status: true, subject: 'Moved', text: 'We moved.' } } }"),
            cancellationToken: Token);
        var outcome = Assert.Single(await host.DeliverAsync(
            DeliveryHost.NewTransaction("one@friend.test"), Encoding.ASCII.GetBytes("Subject: x\r\n\r\nx\r\n"), "list@example.test"));
        Assert.Equal(DeliveryStatus.Forwarded, outcome.Status);
        Assert.Equal(
            ["one@friend.test", "x@y.test"],
            (await ForwardingTests.EntriesAsync(host)).Select(entry => entry["recipient"].AsString).Order());
    }

    [Fact]
    public async Task Forwarding_address_over_its_limit_answers_temporarily()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:ForwardsPerDay", "2"));
        await ForwardingTests.AddForwardingAsync(host, "list@example.test", "x@y.test");
        List<DeliveryStatus> statuses = [];
        for (var i = 0; i < 3; i++)
        {
            statuses.Add(Assert.Single(await host.DeliverAsync($"Subject: {i}\r\n\r\nx\r\n", "list@example.test")).Status);
        }

        Assert.Equal([DeliveryStatus.Forwarded, DeliveryStatus.Forwarded, DeliveryStatus.RateLimited], statuses);
        Assert.Equal(2, (await ForwardingTests.EntriesAsync(host)).Count);
    }

    [Fact]
    public async Task Redirected_message_is_kept_here_when_the_limit_of_forwards_is_reached()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:ForwardsPerDay", "1"));
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", new BsonDocument() },
                { "action", new BsonDocument() },
                { "lmtp", BsonDocument.Parse("{ actions: { redirect: ['f@y.test'] } }") },
            },
            cancellationToken: Token);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, "one@friend.test", "Subject: 1\r\n\r\nx\r\n"));
        Assert.Equal(DeliveryStatus.Stored, await DeliverAsync(host, "one@friend.test", "Subject: 2\r\n\r\nx\r\n"));
        Assert.Single(await ForwardingTests.EntriesAsync(host));
        Assert.Equal("2", Assert.Single(await host.FindAsync("messages"))["subject"].AsString);
    }

    internal static async Task AddAbsentUserAsync(
        DeliveryHost host, string address, params (string Name, BsonValue Value)[] fields)
    {
        var user = await host.AddUserAsync(address);
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            FilterDefinition<BsonDocument>.Empty, Builders<BsonDocument>.Update.Set("autoreply", true), cancellationToken: Token);
        var autoreply = new BsonDocument { { "user", user }, { "status", true }, { "text", "I am away." } };
        autoreply.AddRange(fields.Select(field => new BsonElement(field.Name, field.Value)));
        await host.Database.GetCollection<BsonDocument>("autoreplies").InsertOneAsync(autoreply, cancellationToken: Token);
    }

    // As if the process had died before the message was stored.
    private static async Task UndoAsync(DeliveryHost host)
    {
        var database = host.Get<MailDatabase>();
        await database.QueueEntries.DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, Token);
        await database.Messages.DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, Token);
        await database.Own.GetCollection<BsonDocument>("deliveries").UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
            cancellationToken: Token);
        await host.Get<ClaimSweeper>().SweepAsync(Token);
    }

    private static IMongoCollection<BsonDocument> RepliesOf(DeliveryHost host) =>
        host.Get<MailDatabase>().Own.GetCollection<BsonDocument>("repliedsenders");

    private static async Task<DeliveryStatus> DeliverAsync(DeliveryHost host, string sender, string message) =>
        Assert.Single(await host.DeliverAsync(
            DeliveryHost.NewTransaction(sender), Encoding.ASCII.GetBytes(message), "alice@example.test")).Status;

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        StartAsync(EmbeddedMongoFixture.NewName("autoreply"), settings);

    private Task<DeliveryHost> StartAsync(string database, params (string Key, string Value)[] settings) =>
        StartAsync(database, hasRedis: true, static _ => { }, settings);

    private async Task<DeliveryHost> StartAsync(
        string database, bool hasRedis, Action<WebApplicationBuilder> configure, params (string Key, string Value)[] settings)
    {
        if (!hasRedis)
        {
            return await DeliveryHost.StartAsync(mongo, database, configure, settings);
        }

        redis.Require();
        var host = await DeliveryHost.StartAsync(
            mongo,
            database,
            builder =>
            {
                builder.AddRedisClient("redis");
                configure(builder);
            },
            [("ConnectionStrings:redis", redis.ConnectionString), .. settings]);
        await Eventually.TrueAsync(() => host.Get<RedisConnection>().IsConnected);
        return host;
    }

    // The time of day stands still; timers go on.
    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
