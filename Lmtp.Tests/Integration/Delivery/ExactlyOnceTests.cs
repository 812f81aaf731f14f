using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Storage;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

public sealed class ExactlyOnceTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private static readonly byte[] Message = Encoding.ASCII.GetBytes(
        "Subject: no message id\r\nContent-Type: application/pdf\r\n\r\nsome bytes\r\n");

    [Fact]
    public async Task Retry_after_a_lost_answer_gets_the_same_id()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var first = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        var retry = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        Assert.Equal(first, retry);
        Assert.Single(await host.FindAsync("messages"));
        await AssertCountsAsync(host, copies: 1);
    }

    [Theory]
    [InlineData("alice+one@example.test")]
    [InlineData("alice+two@example.test")]
    public async Task Retry_of_one_of_two_addresses_of_a_mailbox_stores_no_second_copy(string retried)
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        string[] recipients = ["alice+one@example.test", "alice+two@example.test"];
        var first = await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipients);
        var retry = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, retried));
        Assert.Equal([retry, retry], first);
        await AssertCountsAsync(host, copies: 1);
    }

    [Fact]
    public async Task Retry_of_two_addresses_of_a_mailbox_shares_the_copy_that_is_there()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var first = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice+one@example.test"));
        string[] recipients = ["alice+one@example.test", "alice+two@example.test"];
        Assert.Equal([first, first], await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipients));
        Assert.Equal(first, Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipients[1])));
        await AssertCountsAsync(host, copies: 1);
    }

    [Fact]
    public async Task Two_addresses_of_a_mailbox_are_a_new_message_after_a_confirmed_answer()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        string[] recipients = ["alice+one@example.test", "alice+two@example.test"];
        var transaction = DeliveryHost.NewTransaction();
        await host.DeliverAsync(transaction, Message, recipients);
        host.Agent.ConfirmAnswers(transaction);
        await Eventually.TrueAsync(async () => await CountClaimsAsync(host) == 0);
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipients);
        await AssertCountsAsync(host, copies: 2);
    }

    [Fact]
    public async Task Same_bytes_after_a_confirmed_answer_are_a_new_message()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var transaction = DeliveryHost.NewTransaction();
        await host.DeliverAsync(transaction, Message, "alice@example.test");
        host.Agent.ConfirmAnswers(transaction);
        await Eventually.TrueAsync(async () => await CountClaimsAsync(host) == 0);
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test");
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
        await AssertCountsAsync(host, copies: 2);
        var user = (await host.FindAsync("users")).Single();
        Assert.Single(user["lmtp"]["pending"].AsBsonArray);
    }

    [Fact]
    public async Task Sweeper_undoes_what_was_counted_for_a_message_that_is_not_there()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test");
        await host.Database.GetCollection<BsonDocument>("messages")
            .DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);
        await AbandonAsync(host);

        await host.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        await AssertCountsAsync(host, copies: 0);

        var again = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        Assert.Equal(DeliveryStatus.Stored, again.Status);
        await AssertCountsAsync(host, copies: 1);
    }

    [Fact]
    public async Task Sweeper_completes_a_message_that_is_there()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test");
        await host.Database.GetCollection<BsonDocument>("journal")
            .DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);
        await AbandonAsync(host);

        await host.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Single(await host.FindAsync("journal"));
        Assert.Equal("stored", (await FindClaimsAsync(host)).Single()["state"].AsString);
        await AssertCountsAsync(host, copies: 1);
    }

    [Fact]
    public async Task Retry_takes_over_where_another_process_stopped_after_counting()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        var first = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        await host.Database.GetCollection<BsonDocument>("messages")
            .DeleteManyAsync(FilterDefinition<BsonDocument>.Empty, TestContext.Current.CancellationToken);
        await AbandonAsync(host);

        var retry = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        Assert.Equal(first, retry);
        Assert.Single(await host.FindAsync("messages"));
        await AssertCountsAsync(host, copies: 1);
    }

    [Fact]
    public async Task Delivery_that_another_server_has_just_begun_is_answered_temporarily()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test");
        await Claims(host).UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", DateTime.UtcNow.AddHours(1)),
            cancellationToken: TestContext.Current.CancellationToken);
        var retry = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test"));
        Assert.Equal(DeliveryStatus.InProgressElsewhere, retry.Status);
        Assert.Single(await host.FindAsync("messages"));
    }

    [Fact]
    public async Task Tokens_of_stored_messages_are_removed_after_the_lease()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync("alice@example.test");
        await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, "alice@example.test");
        await Claims(host).UpdateManyAsync(
            FilterDefinition<BsonDocument>.Empty,
            Builders<BsonDocument>.Update.Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
            cancellationToken: TestContext.Current.CancellationToken);
        await host.Get<ClaimSweeper>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Empty((await host.FindAsync("users")).Single()["lmtp"]["pending"].AsBsonArray);
        Assert.Empty((await host.FindAsync("attachments.files")).Single()["lmtp"]["pending"].AsBsonArray);
    }

    private static async Task AssertCountsAsync(DeliveryHost host, int copies)
    {
        var messages = await host.FindAsync("messages");
        Assert.Equal(copies, messages.Count);
        var user = (await host.FindAsync("users")).Single();
        Assert.Equal(messages.Sum(message => message["size"].ToInt64()), user["storageUsed"].ToInt64());
        var file = (await host.FindAsync("attachments.files")).Single();
        Assert.Equal(copies, file["metadata"]["c"].ToInt32());
        Assert.Equal(messages.Sum(message => message["magic"].ToInt64()), file["metadata"]["m"].ToInt64());
    }

    // As if the process had died after its last write and the lease had ended.
    private static Task<UpdateResult> AbandonAsync(DeliveryHost host) => Claims(host).UpdateManyAsync(
        FilterDefinition<BsonDocument>.Empty,
        Builders<BsonDocument>.Update.Set("state", "open").Set("leaseUntil", DateTime.UtcNow.AddHours(-1)),
        cancellationToken: TestContext.Current.CancellationToken);

    private static IMongoCollection<BsonDocument> Claims(DeliveryHost host) =>
        host.Get<MailDatabase>().Own.GetCollection<BsonDocument>(ClaimStore.CollectionName);

    private static Task<List<BsonDocument>> FindClaimsAsync(DeliveryHost host) =>
        Claims(host).Find(FilterDefinition<BsonDocument>.Empty).ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<int> CountClaimsAsync(DeliveryHost host) => (await FindClaimsAsync(host)).Count;

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(
        mongo, EmbeddedMongoFixture.NewName("once"), ("Lmtp:Storage:SweepInterval", "01:00:00"));
}
