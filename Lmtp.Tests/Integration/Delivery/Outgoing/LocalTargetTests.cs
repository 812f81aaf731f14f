using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Filters;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

/// <summary>Local users among the targets of an address that only forwards.</summary>
public sealed class LocalTargetTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string List = "list@example.test";
    private const string Alice = "alice@example.test";
    private const string Bob = "bob@example.test";
    private const string Elsewhere = "x@y.test";

    private static readonly byte[] Message = Encoding.ASCII.GetBytes("Message-ID: <1@friend.test>\r\nSubject: x\r\n\r\nbody\r\n");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Local_users_get_the_mail_and_the_queue_what_goes_elsewhere()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob, Elsewhere);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        var messages = await host.FindAsync("messages");
        Assert.Equal(2, messages.Select(message => message["user"]).Distinct().Count());
        Assert.All(messages, message => Assert.Equal(List, message["meta"]["to"][0].AsString));
        Assert.Equal(Elsewhere, Assert.Single(await ForwardingTests.EntriesAsync(host))["recipient"].AsString);
    }

    [Fact]
    public async Task Retry_repeats_nothing()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob, Elsewhere);
        await DeliverAsync(host, List);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
        Assert.Single(await ForwardingTests.EntriesAsync(host));
    }

    [Fact]
    public async Task Same_bytes_after_a_confirmed_answer_are_a_new_message()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:SuppressDuplicates", "false"));
        await AddListAsync(host, Alice, Elsewhere);
        var transaction = DeliveryHost.NewTransaction();
        await host.DeliverAsync(transaction, Message, List);
        host.Agent.ConfirmAnswers(transaction);
        await Eventually.TrueAsync(async () => (await ForwardingTests.ClaimsAsync(host)).Count == 0);
        await DeliverAsync(host, List);
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
        Assert.Equal(2, (await ForwardingTests.EntriesAsync(host)).Count);
    }

    [Fact]
    public async Task User_who_is_a_recipient_too_gets_one_copy()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        var outcomes = await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, Alice, List);
        Assert.Equal([DeliveryStatus.Stored, DeliveryStatus.Forwarded], outcomes.Select(outcome => outcome.Status));
        Assert.Equal(2, (await host.FindAsync("messages")).Count);
    }

    [Fact]
    public async Task Disabled_users_are_left_out_and_gone_ones_forwarded_to()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await SetAsync(host, "alice", Builders<BsonDocument>.Update.Set("disabled", true));
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        Assert.Single(await host.FindAsync("messages"));
        Assert.Empty(await ForwardingTests.EntriesAsync(host));

        await host.Database.GetCollection<BsonDocument>("users").DeleteOneAsync(BsonDocument.Parse("{ username: 'alice' }"), Token);
        await host.DeliverAsync("Message-ID: <2@friend.test>\r\n\r\n", List);
        Assert.Equal(Alice, Assert.Single(await ForwardingTests.EntriesAsync(host))["recipient"].AsString);
    }

    [Fact]
    public async Task Address_whose_targets_can_all_get_nothing_is_refused()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await SetAsync(host, "alice", Builders<BsonDocument>.Update.Set("disabled", true));
        await SetAsync(host, "bob", Builders<BsonDocument>.Update.Set("quota", 1_000).Set("storageUsed", 1_000));
        Assert.Equal(DeliveryStatus.MailboxDisabled, (await host.VerifyAsync(List)).Status);
    }

    [Fact]
    public async Task User_over_quota_is_left_out_of_a_message_that_others_get()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await SetAsync(host, "alice", Builders<BsonDocument>.Update.Set("quota", 1_000).Set("storageUsed", 900));
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        Assert.Single(await host.FindAsync("messages"));
        Assert.Equal(900, (await host.FindAsync("users", "{ username: 'alice' }")).Single()["storageUsed"].ToInt64());
    }

    [Fact]
    public async Task Each_user_has_the_mail_by_its_own_filters()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", (await host.FindAsync("users", "{ username: 'alice' }")).Single()["_id"] },
                { "query", new BsonDocument() },
                { "action", new BsonDocument { { "delete", true } } },
            },
            cancellationToken: Token);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        var bob = (await host.FindAsync("users", "{ username: 'bob' }")).Single();
        Assert.Equal(bob["_id"], Assert.Single(await host.FindAsync("messages"))["user"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_one_target_fails_the_client_comes_again_and_nothing_is_repeated(bool isRecipientToo)
    {
        await using var host = await StartAsync(("Lmtp:Delivery:SuppressDuplicates", "false"));
        await AddListAsync(host, Alice, Bob, Elsewhere);
        var mailboxes = host.Database.GetCollection<BsonDocument>("mailboxes");
        var bob = (await host.FindAsync("users", "{ username: 'bob' }")).Single()["_id"];
        var boxes = await host.FindAsync("mailboxes", $"{{ user: ObjectId('{bob}') }}");
        await mailboxes.DeleteManyAsync(Builders<BsonDocument>.Filter.Eq("user", bob), Token);
        string[] recipients = isRecipientToo ? [Alice, List] : [List];
        var first = await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipients);
        Assert.Equal(DeliveryStatus.TemporaryFailure, first[^1].Status);
        Assert.Single(await host.FindAsync("messages"));

        await mailboxes.InsertManyAsync(boxes, cancellationToken: Token);
        Assert.Equal(DeliveryStatus.Forwarded, await DeliverAsync(host, List));
        var messages = await host.FindAsync("messages");
        Assert.Equal(2, messages.Count);
        Assert.Equal(2, messages.Select(message => message["user"]).Distinct().Count());
        Assert.Single(await ForwardingTests.EntriesAsync(host));
    }

    [Fact]
    public async Task Mail_that_came_by_the_address_is_explained_for_each_of_its_users()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await DeliverAsync(host, List);
        var message = (await host.FindAsync("messages"))[0];
        var explanation = host.Get<MessageExplanation>();
        var explained = await explanation.FindAsync(message["user"].AsObjectId, message["_id"].AsObjectId, Token);
        Assert.Equal(List, explained!.Recipient);
        var record = await explanation.ExplainAsync(message["user"].AsObjectId, explained, null, Token);
        Assert.Equal(("stored", List), (record!.Outcome, record.Address));
        Assert.Null(await explanation.ExplainAsync(ObjectId.GenerateNewId(), explained, null, Token));
    }

    [Fact]
    public async Task Delivery_log_has_the_answer_that_the_client_got()
    {
        await using var host = await StartAsync();
        await AddListAsync(host, Alice, Bob);
        await host.Database.GetCollection<BsonDocument>("mailboxes").DeleteManyAsync(
            Builders<BsonDocument>.Filter.Eq("user", (await host.FindAsync("users", "{ username: 'bob' }")).Single()["_id"]), Token);
        await DeliverAsync(host, List);
        IReadOnlyList<DeliveryRecord> entries = [];
        await Eventually.TrueAsync(async () =>
            (entries = (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 10, Token)).Items).Count == 3);
        Assert.All(entries, entry => Assert.StartsWith("451 4.3.0", entry.Reply, StringComparison.Ordinal));
        Assert.Equal(["forwarded", "stored", "temporary_failure"], entries.Select(entry => entry.Outcome).Order());
        Assert.All(entries, entry => Assert.Equal(2, entry.Resolution.Count(step => step.Step == "target")));
    }

    [Theory]
    [InlineData(DeliveryStatus.Forwarded, DeliveryStatus.Stored, DeliveryStatus.Forwarded)]
    [InlineData(DeliveryStatus.Forwarded, DeliveryStatus.TemporaryFailure, DeliveryStatus.TemporaryFailure)]
    [InlineData(DeliveryStatus.RateLimited, DeliveryStatus.Stored, DeliveryStatus.RateLimited)]
    [InlineData(DeliveryStatus.ForwardingLoop, DeliveryStatus.Duplicate, DeliveryStatus.Forwarded)]
    [InlineData(null, DeliveryStatus.MailboxFullTemporary, DeliveryStatus.MailboxFullTemporary)]
    [InlineData(null, DeliveryStatus.RejectedByFilter, DeliveryStatus.RejectedByFilter)]
    [InlineData(DeliveryStatus.Forwarded, DeliveryStatus.MailboxFullTemporary, DeliveryStatus.Forwarded)]
    public void One_answer_is_given_for_all_targets(DeliveryStatus? forward, DeliveryStatus local, DeliveryStatus expected) =>
        Assert.Equal(
            expected,
            ForwardedAnswer.Of(forward is { } status ? new DeliveryOutcome(status) : null, [new DeliveryOutcome(local)]).Status);

    private static async Task<DeliveryStatus> DeliverAsync(DeliveryHost host, string recipient) =>
        Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), Message, recipient)).Status;

    private static async Task AddListAsync(DeliveryHost host, params string[] targets)
    {
        await host.AddUserAsync(Alice);
        await host.AddUserAsync(Bob);
        var added = await host.Get<ForwardedAddressStore>().AddAsync(
            List, null, [.. targets.Select(target => new ForwardTarget("mail", target))], 0, Token);
        Assert.Equal(AddAddressStatus.Added, added.Status);
    }

    private static Task<UpdateResult> SetAsync(DeliveryHost host, string user, UpdateDefinition<BsonDocument> update) =>
        host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("username", user), update, cancellationToken: Token);

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("local"), settings);
}
