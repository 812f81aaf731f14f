using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Outgoing;

public sealed class ForwardingTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message = "From: a@friend.test\r\nSubject: x\r\n\r\nbody\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_to_a_forwarding_address_is_queued_for_its_targets_and_stored_nowhere()
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test", "z@y.test", "x@y.test");
        var outcome = Assert.Single(await host.DeliverAsync(Message, "List+Tag@example.test"));
        Assert.Equal(DeliveryStatus.Forwarded, outcome.Status);
        var entries = await EntriesAsync(host);
        Assert.Equal(["x@y.test", "z@y.test"], entries.Select(entry => entry["recipient"].AsString));
        Assert.Equal(["001", "002"], entries.Select(entry => entry["seq"].AsString));
        Assert.Single(entries.Select(entry => entry["id"]).Distinct());
        var data = Assert.Single(await FilesAsync(host))["metadata"]["data"];
        Assert.Equal("list+tag@example.test", data["to"][0].AsString);
        Assert.Equal(outcome.MessageId, data["parentId"].ToString());
        Assert.False(data.AsBsonDocument.Contains("userId"));
        Assert.Empty(await host.FindAsync("messages"));
    }

    [Fact]
    public async Task Retry_of_a_forwarded_message_queues_nothing_more()
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        var bytes = Encoding.ASCII.GetBytes(Message);
        var first = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), bytes, "list@example.test"));
        var retry = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), bytes, "list@example.test"));
        Assert.Equal(first, retry);
        Assert.Single(await EntriesAsync(host));
    }

    [Fact]
    public async Task Same_bytes_after_a_confirmed_answer_are_forwarded_again()
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        var bytes = Encoding.ASCII.GetBytes(Message);
        var transaction = DeliveryHost.NewTransaction();
        await host.DeliverAsync(transaction, bytes, "list@example.test");
        host.Agent.ConfirmAnswers(transaction);
        await Eventually.TrueAsync(async () => (await ClaimsAsync(host)).Count == 0);
        await host.DeliverAsync(DeliveryHost.NewTransaction(), bytes, "list@example.test");
        Assert.Equal(2, (await EntriesAsync(host)).Count);
    }

    [Theory]
    [InlineData("{ forwardedDisabled: true }")]
    [InlineData("{ targets: [] }")]
    public async Task Address_that_forwards_nowhere_is_unknown(string change)
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        var accepted = (await host.VerifyAsync("list@example.test")).Recipient!;
        await host.Database.GetCollection<BsonDocument>("addresses").UpdateOneAsync(
            FilterDefinition<BsonDocument>.Empty, new BsonDocument("$set", BsonDocument.Parse(change)), cancellationToken: Token);
        Assert.Equal(DeliveryStatus.UnknownRecipient, (await host.VerifyAsync("list@example.test")).Status);
        var outcomes = await host.DeliverToAsync(DeliveryHost.NewTransaction(), Encoding.ASCII.GetBytes(Message), [accepted]);
        Assert.Equal(DeliveryStatus.UnknownRecipient, Assert.Single(outcomes).Status);
        Assert.Empty(await FilesAsync(host));
    }

    [Theory]
    [InlineData(29, DeliveryStatus.Forwarded)]
    [InlineData(30, DeliveryStatus.ForwardingLoop)]
    public async Task Message_with_thirty_received_headers_is_not_forwarded_by_an_address(int count, DeliveryStatus expected)
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        var received = string.Concat(Enumerable.Range(0, count).Select(i => $"Received: from a{i} by b{i}; Mon, 06 May 2024 12:34:56 +0300\r\n"));
        var outcome = Assert.Single(await host.DeliverAsync(received + Message, "list@example.test"));
        Assert.Equal(expected, outcome.Status);
        Assert.Equal(expected == DeliveryStatus.Forwarded ? 1 : 0, (await FilesAsync(host)).Count);
    }

    [Fact]
    public async Task Message_that_comes_back_with_our_mark_is_not_forwarded_again()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:LoopSecret", "secret value"));
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        await host.DeliverAsync(Message, "list@example.test");
        var headers = Assert.Single(await FilesAsync(host))["metadata"]["data"]["headers"].AsBsonArray;
        Assert.Equal("x-wildduck-seen", headers[0]["key"].AsString);
        var returned = string.Concat(headers.Select(header => $"{header["line"].AsString}\r\n")) + "\r\nbody\r\n";

        var outcome = Assert.Single(await host.DeliverAsync(returned, "list@example.test"));
        Assert.Equal(DeliveryStatus.ForwardingLoop, outcome.Status);
        Assert.Single(await FilesAsync(host));

        await AddForwardingAsync(host, "other@example.test", "elsewhere@y.test");
        Assert.Equal(DeliveryStatus.Forwarded, Assert.Single(await host.DeliverAsync(returned, "other@example.test")).Status);
    }

    [Fact]
    public async Task Forwarded_message_without_id_and_date_gets_them_and_loses_bcc()
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        await host.DeliverAsync("Subject: x\r\nBcc: secret@friend.test\r\n\r\nbody\r\n", "list@example.test");
        var data = Assert.Single(await FilesAsync(host))["metadata"]["data"];
        Assert.Equal(["date", "message-id", "subject"], data["headers"].AsBsonArray.Select(header => header["key"].AsString));
        Assert.EndsWith("@friend.test>", data["messageId"].AsString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_body_is_queued_byte_for_byte()
    {
        await using var host = await StartAsync();
        await AddForwardingAsync(host, "list@example.test", "x@y.test");
        var random = new Random(17);
        var body = string.Concat(Enumerable.Range(0, 20_000).Select(_ => $"{Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()))} ä\r\n"));
        await host.DeliverAsync($"Subject: large\r\n\r\n{body}", "list@example.test");
        var file = Assert.Single(await FilesAsync(host));
        var chunks = await host.Get<MailDatabase>().QueueChunks
            .Find(FilterDefinition<BsonDocument>.Empty).Sort(Builders<BsonDocument>.Sort.Ascending("n")).ToListAsync(Token);
        Assert.Equal(Encoding.UTF8.GetBytes(body), chunks.SelectMany(chunk => chunk["data"].AsByteArray));
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(261_120, chunk["data"].AsByteArray.Length));
        Assert.Equal(Encoding.UTF8.GetByteCount(body), file["length"].ToInt32());
    }

    [Fact]
    public async Task Delivery_log_names_targets_and_queue_id_but_no_password()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await SetTargetsAsync(host, user, ("mail", "x@y.test"), ("relay", "smtp://u:geheim@mx.y.test:2525"), ("http", "https://hook.y.test/in?key=geheim"));
        await host.DeliverAsync(Message, "alice@example.test");
        DeliveryRecord? entry = null;
        await Eventually.TrueAsync(async () =>
            (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 1, Token)).Items is [var newest] && (entry = newest) is not null);
        var forward = Assert.Single(entry!.Outgoing);
        Assert.Equal(["x@y.test", "alice@example.test by mx.y.test", "https://hook.y.test"], forward.Targets);
        Assert.Equal((await EntriesAsync(host))[0]["id"].AsString, forward.QueueId);
        Assert.DoesNotContain("geheim", System.Text.Json.JsonSerializer.Serialize(entry), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spam_is_not_forwarded_and_says_so()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync("X-Spam-Flag: YES\r\n" + Message, "alice@example.test");
        Assert.Empty(await EntriesAsync(host));
        Assert.False(Assert.Single(await host.FindAsync("messages")).Contains("outbound"));
    }

    [Fact]
    public async Task Forward_that_would_have_to_be_encrypted_is_left_out()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            FilterDefinition<BsonDocument>.Empty,
            BsonDocument.Parse("{ $set: { encryptForwarded: true, pubKey: 'a key' } }"),
            cancellationToken: Token);
        Assert.Equal(DeliveryStatus.Stored, Assert.Single(await host.DeliverAsync(Message, "alice@example.test")).Status);
        Assert.Empty(await FilesAsync(host));
    }

    [Fact]
    public async Task Two_addresses_of_a_user_forward_once()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync(Message, "alice@example.test", "alice+tag@example.test");
        Assert.Single(await EntriesAsync(host));
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", new BsonDocument() },
                { "action", BsonDocument.Parse("{ delete: true, targets: [{ type: 'mail', value: 'f@y.test' }] }") },
            },
            cancellationToken: Token);
        var outcomes = await host.DeliverAsync("Subject: dropped\r\n\r\nx\r\n", "alice@example.test", "alice+tag@example.test");
        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Dropped, outcome.Status));
        Assert.Equal(["x@y.test", "f@y.test"], (await EntriesAsync(host)).Select(entry => entry["recipient"].AsString));
    }

    internal static Task AddForwardingAsync(DeliveryHost host, string address, params string[] targets) =>
        host.Database.GetCollection<BsonDocument>("addresses").InsertOneAsync(
            new BsonDocument
            {
                { "_id", ObjectId.GenerateNewId() },
                { "address", address },
                { "addrview", address },
                { "targets", new BsonArray(targets.Select(target => new BsonDocument { { "type", "mail" }, { "value", target } })) },
            },
            cancellationToken: Token);

    internal static Task SetTargetsAsync(DeliveryHost host, ObjectId user, params (string Type, string Value)[] targets) =>
        host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set(
                "targets", new BsonArray(targets.Select(target => new BsonDocument { { "type", target.Type }, { "value", target.Value } }))),
            cancellationToken: Token);

    internal static Task<List<BsonDocument>> EntriesAsync(DeliveryHost host) => ReadAsync(host.Get<MailDatabase>().QueueEntries);

    internal static Task<List<BsonDocument>> FilesAsync(DeliveryHost host) => ReadAsync(host.Get<MailDatabase>().QueueFiles);

    internal static Task<List<BsonDocument>> ClaimsAsync(DeliveryHost host) =>
        ReadAsync(host.Get<MailDatabase>().Own.GetCollection<BsonDocument>("deliveries"));

    private static Task<List<BsonDocument>> ReadAsync(IMongoCollection<BsonDocument> collection) => collection
        .Find(FilterDefinition<BsonDocument>.Empty)
        .Sort(Builders<BsonDocument>.Sort.Ascending("_id"))
        .ToListAsync(Token);

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("forward"), settings);
}
