using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

/// <summary>What goes out, when the process dies between any two steps: each is undone by hand here.</summary>
public sealed class OutgoingCrashTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly byte[] Message = Encoding.ASCII.GetBytes("Subject: crash\r\n\r\nbody\r\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Who finishes the delivery: the sweeper, or a retry by the MTA.</summary>
    public static TheoryData<bool> Finishers => [true, false];

    [Theory]
    [MemberData(nameof(Finishers))]
    public async Task Message_is_there_and_its_forward_not_yet_released(bool bySweeper)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host);
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper);
        await AssertForwardedOnceAsync(host);
        Assert.Single(await host.FindAsync("messages"));
    }

    [Theory]
    [MemberData(nameof(Finishers))]
    public async Task Forward_was_released_and_not_noted(bool bySweeper)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host);
        await DeliverAsync(host);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper);
        await AssertForwardedOnceAsync(host);
    }

    [Theory]
    [MemberData(nameof(Finishers))]
    public async Task Forward_was_released_and_sent_and_not_noted(bool bySweeper)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host);
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await DeleteAsync(host.Get<MailDatabase>().QueueFiles);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper);
        Assert.Empty(await ForwardingTests.EntriesAsync(host));
    }

    [Theory]
    [InlineData(new[] { 1 }, new[] { 1, 2 })]
    [InlineData(new[] { 0 }, new[] { 0, 1, 2 })]
    [InlineData(new[] { 2 }, new[] { 2 })]
    [InlineData(new[] { 0, 2 }, new[] { 0, 2 })]
    public async Task Entries_before_one_that_is_there_were_sent(int[] left, int[] expected)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host, "a@y.test", "b@y.test", "c@y.test");
        await DeliverAsync(host);
        var entries = await ForwardingTests.EntriesAsync(host);
        await host.Get<MailDatabase>().QueueEntries.DeleteManyAsync(
            Builders<BsonDocument>.Filter.Nin("_id", left.Select(index => entries[index]["_id"])), Token);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper: true);
        Assert.Equal(
            expected.Select(index => entries[index]["recipient"]),
            (await ForwardingTests.EntriesAsync(host)).Select(entry => entry["recipient"]));
    }

    [Fact]
    public async Task Message_is_not_there_and_the_sweeper_takes_its_forward_away()
    {
        await using var host = await StartAsync();
        await AddUserAsync(host);
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await DeleteAsync(host.Get<MailDatabase>().Messages);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper: true);
        Assert.Empty(await ForwardingTests.FilesAsync(host));
        Assert.Empty(await ForwardingTests.EntriesAsync(host));
        Assert.Equal(0, await host.Get<MailDatabase>().QueueChunks.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty, cancellationToken: Token));
        await DeliverAsync(host);
        await AssertForwardedOnceAsync(host);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_is_not_there_and_a_retry_stores_and_forwards_it(bool isFileThere)
    {
        await using var host = await StartAsync();
        await AddUserAsync(host);
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await DeleteAsync(host.Get<MailDatabase>().Messages);
        if (!isFileThere)
        {
            await DeleteAsync(host.Get<MailDatabase>().QueueFiles);
        }

        await AbandonAsync(host);
        await FinishAsync(host, bySweeper: false);
        await AssertForwardedOnceAsync(host);
        Assert.Single(await host.FindAsync("messages"));
    }

    [Theory]
    [MemberData(nameof(Finishers))]
    public async Task Forward_alone_was_committed_and_not_released(bool bySweeper)
    {
        await using var host = await StartAsync();
        await ForwardingTests.AddForwardingAsync(host, "alice@example.test", "x@y.test");
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await AbandonAsync(host);
        await FinishAsync(host, bySweeper);
        await AssertForwardedOnceAsync(host);
    }

    [Fact]
    public async Task Forward_alone_that_was_not_committed_is_taken_away_and_made_by_the_retry()
    {
        await using var host = await StartAsync();
        await ForwardingTests.AddForwardingAsync(host, "alice@example.test", "x@y.test");
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await AbandonAsync(host, Builders<BsonDocument>.Update.Unset("committed"));
        await FinishAsync(host, bySweeper: true);
        Assert.Empty(await ForwardingTests.FilesAsync(host));
        Assert.Equal("aborted", Assert.Single(await ForwardingTests.ClaimsAsync(host))["state"].AsString);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host));
        await AssertForwardedOnceAsync(host);
    }

    [Fact]
    public async Task Forward_alone_that_was_not_committed_is_continued_by_the_retry()
    {
        await using var host = await StartAsync();
        await ForwardingTests.AddForwardingAsync(host, "alice@example.test", "x@y.test");
        await DeliverAsync(host);
        await DeleteAsync(host.Get<MailDatabase>().QueueEntries);
        await AbandonAsync(host, Builders<BsonDocument>.Update.Unset("committed"));
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host));
        await AssertForwardedOnceAsync(host);
    }

    private static async Task AddUserAsync(DeliveryHost host, params string[] targets)
    {
        var user = await host.AddUserAsync("alice@example.test");
        string[] all = targets.Length == 0 ? ["x@y.test"] : targets;
        await ForwardingTests.SetTargetsAsync(host, user, [.. all.Select(target => ("mail", target))]);
    }

    private static async Task<DeliveryStatus> DeliverAsync(DeliveryHost host) =>
        Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test")).Status;

    private static async Task FinishAsync(DeliveryHost host, bool bySweeper)
    {
        if (bySweeper)
        {
            await host.Get<ClaimSweeper>().SweepAsync(Token);
        }
        else
        {
            Assert.True(await DeliverAsync(host) is DeliveryStatus.Stored or DeliveryStatus.Forwarded);
        }
    }

    private static async Task AssertForwardedOnceAsync(DeliveryHost host)
    {
        var entry = Assert.Single(await ForwardingTests.EntriesAsync(host));
        var file = Assert.Single(await ForwardingTests.FilesAsync(host));
        Assert.Equal(file["metadata"]["data"]["id"], entry["id"]);
        Assert.Single(await host.Get<MailDatabase>().QueueChunks.Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(Token));
        Assert.Equal("stored", Assert.Single(await ForwardingTests.ClaimsAsync(host))["state"].AsString);
        var message = (await host.FindAsync("messages")).SingleOrDefault();
        Assert.True(message is null || message["outbound"][0] == entry["id"]);
    }

    private static Task<DeleteResult> DeleteAsync(IMongoCollection<BsonDocument> collection) =>
        collection.DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, Token);

    // As if the process had died before it noted that all is done, and the lease had ended.
    private static Task<UpdateResult> AbandonAsync(DeliveryHost host, params UpdateDefinition<BsonDocument>[] further) =>
        host.Get<MailDatabase>().Own.GetCollection<BsonDocument>("deliveries").UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Combine(
                [Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", DateTime.UtcNow.AddHours(-1)), .. further]),
            cancellationToken: Token);

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("outcrash"));
}
