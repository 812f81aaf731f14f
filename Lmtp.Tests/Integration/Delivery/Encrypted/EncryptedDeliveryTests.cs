using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>Who gets an encrypted copy, what it is, and what else there is of it.</summary>
public sealed class EncryptedDeliveryTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message =
        "Received: from mx.friend.test by here.test id Q17; Mon, 06 May 2024 12:34:56 +0300\r\n" +
        "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: Ann <ann@friend.test>\r\nTo: all@example.test\r\n" +
        "Cc: boss@friend.test\r\nSubject: The plan\r\nMessage-ID: <m1@friend.test>\r\n" +
        "Content-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        "--BB\r\nContent-Type: text/plain\r\n\r\nthe secret words\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\n\r\nsecret bytes\r\n--BB--\r\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_recipient_gets_the_copy_that_it_asks_for()
    {
        await using var host = await StartAsync();
        await host.UseOpenPgpAsync(await host.AddUserAsync("alice@example.test"));
        await host.UseSmimeAsync(await host.AddUserAsync("bob@example.test"));
        await host.AddUserAsync("carol@example.test");
        await host.AddUserAsync("dave@example.test");
        string[] recipients = ["alice@example.test", "bob@example.test", "carol@example.test", "dave@example.test"];

        var outcomes = await host.DeliverAsync(Message, recipients);

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome.Status));
        var messages = await host.FindAsync("messages");
        var stored = outcomes.Select(outcome => messages.Single(message => message["_id"].ToString() == outcome.MessageId)).ToList();
        Assert.Equal(
            ["multipart/encrypted", "application/pkcs7-mime", "multipart/mixed", "multipart/mixed"],
            stored.Select(message => message["mimeTree"]["parsedHeader"]["content-type"]["value"].AsString));
        Assert.All(stored, message => Assert.Equal("The plan", message["subject"].AsString));
        Assert.All(stored, message => Assert.Equal("<m1@friend.test>", message["msgid"].AsString));
        Assert.All(stored, message => Assert.Equal("Q17;", message["meta"]["queueId"].AsString));
        Assert.All(stored[..2], message => Assert.DoesNotContain("secret", message.ToJson(), StringComparison.Ordinal));
        Assert.All(stored[..2], message => Assert.DoesNotContain("boss@friend.test", message.ToJson(), StringComparison.Ordinal));
        Assert.All(stored[2..], message => Assert.Equal("the secret words", message["text"].AsString));
        await AssertCountsAsync(host);
        Assert.All(await ClaimsAsync(host), claim => Assert.False(claim["plan"].AsBsonDocument.Contains("encryptionSeed")));
    }

    [Fact]
    public async Task Header_of_an_encrypted_copy_begins_with_what_the_delivery_adds()
    {
        await using var host = await StartAsync();
        await host.UseOpenPgpAsync(await host.AddUserAsync("alice@example.test"));
        await host.DeliverAsync("Delivered-To: before@friend.test\r\nX-Spam-Flag: YES\r\n" + Message, "alice+tag@example.test");

        var header = Assert.Single(await host.FindAsync("messages"))["mimeTree"]["header"].AsBsonArray.Select(line => line.AsString).ToList();

        Assert.Equal(["Delivered-To: alice+tag@example.test", "Return-Path: <sender@friend.test>", "MIME-Version: 1.0"], header[..3]);
        Assert.StartsWith("WD-Mail-Classification", header[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(header, line => line.StartsWith("Received:", StringComparison.Ordinal) || line.Contains("before@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reader_decrypts_what_was_sent(bool isSmime)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await (isSmime ? host.UseSmimeAsync(user) : host.UseOpenPgpAsync(user));
        var outcome = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));

        var raw = await RawAsync(host, user, outcome);
        var plain = await (isSmime ? ReaderKeys.ReadSmimeAsync(raw) : ReaderKeys.ReadOpenPgpAsync(raw));

        Assert.Equal("Delivered-To: alice@example.test\r\nReturn-Path: <sender@friend.test>\r\n" + Message, plain);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mailbox_asks_for_encryption_where_the_user_does_not(bool isAsked)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument("pubKey", ReaderKeys.OpenPgp));
        await host.Database.GetCollection<BsonDocument>("mailboxes").UpdateOneAsync(
            new BsonDocument("path", "INBOX"), new BsonDocument("$set", new BsonDocument("encryptMessages", isAsked)), cancellationToken: Token);

        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal(isAsked ? "multipart/encrypted" : "multipart/mixed", await ContentTypeAsync(host));
        Assert.Equal(isAsked ? "openpgp" : null, (await EntryAsync(host)).Encryption?.Kind);
        await AssertCountsAsync(host);
    }

    [Theory]
    [InlineData("multipart/encrypted; boundary=BB; protocol=\"application/pgp-encrypted\"")]
    [InlineData("application/pkcs7-mime; smime-type=enveloped-data")]
    [InlineData("multipart/encrypted; boundary=BB\r\nContent-Type: text/plain")]
    public async Task Message_that_came_encrypted_is_left_alone(string contentType)
    {
        await using var host = await StartAsync();
        await host.UseSmimeAsync(await host.AddUserAsync("alice@example.test"));
        await host.DeliverAsync($"Subject: x\r\nContent-Type: {contentType}\r\n\r\nas it came\r\n", "alice@example.test");

        Assert.Contains("Subject: x", Assert.Single(await host.FindAsync("messages"))["mimeTree"]["header"].AsBsonArray);
        Assert.Equal(new EncryptionReading(null, "it came encrypted"), (await EntryAsync(host)).Encryption);
    }

    [Fact]
    public async Task Message_that_says_only_secondly_that_it_came_encrypted_is_encrypted()
    {
        await using var host = await StartAsync();
        await host.UseSmimeAsync(await host.AddUserAsync("alice@example.test"));
        await host.DeliverAsync("Content-Type: text/plain\r\nContent-Type: multipart/encrypted\r\n\r\nas it came\r\n", "alice@example.test");

        Assert.Equal("smime", (await EntryAsync(host)).Encryption?.Kind);
    }

    [Fact]
    public async Task User_without_a_key_has_mail_stored_as_it_came()
    {
        await using var host = await StartAsync();
        await host.SetAsync(await host.AddUserAsync("alice@example.test"), new BsonDocument("encryptMessages", true));
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("multipart/mixed", await ContentTypeAsync(host));
        Assert.Equal(new EncryptionReading(null, "the user has no key"), (await EntryAsync(host)).Encryption);
    }

    [Fact]
    public async Task Broken_key_has_mail_stored_as_it_came_and_the_log_says_why()
    {
        await using var host = await StartAsync();
        await BreakKeyAsync(host, await host.AddUserAsync("alice@example.test"), "encryptMessages");
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("multipart/mixed", await ContentTypeAsync(host));
        var entry = await EntryAsync(host);
        Assert.Null(entry.Encryption!.Kind);
        Assert.NotEmpty(entry.Encryption.Reason!);
        await AssertCountsAsync(host);
    }

    [Fact]
    public async Task Delivery_log_says_how_a_message_is_encrypted_and_how_long_it_took()
    {
        await using var host = await StartAsync();
        await host.UseSmimeAsync(await host.AddUserAsync("alice@example.test"));
        await host.DeliverAsync(Message, "alice@example.test");
        var entry = await EntryAsync(host);
        Assert.Equal(new EncryptionReading("smime", null), entry.Encryption);
        Assert.Contains("encrypt", entry.Stages.Select(stage => stage.Stage));
    }

    [Fact]
    public async Task Filters_see_the_message_as_it_came_and_their_decisions_hold_for_the_encrypted_one()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseOpenPgpAsync(user);
        await AddFilterAsync(host, user, "{ text: 'secret words' }", "{ seen: true, flag: true }");
        await host.DeliverAsync(Message, "alice@example.test");
        Assert.Equal([@"\Seen", @"\Flagged"], Assert.Single(await host.FindAsync("messages"))["flags"].AsBsonArray.Select(flag => flag.AsString));
    }

    [Fact]
    public async Task Second_copy_of_an_encrypted_message_is_a_duplicate()
    {
        await using var host = await StartAsync();
        await host.UseOpenPgpAsync(await host.AddUserAsync("alice@example.test"));
        var first = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));
        var second = Assert.Single(await host.DeliverAsync(
            DeliveryHost.NewTransaction("other@friend.test"), Encoding.UTF8.GetBytes(Message), "alice@example.test"));
        Assert.Equal((DeliveryStatus.Duplicate, first.MessageId), (second.Status, second.MessageId));
    }

    [Fact]
    public async Task Size_of_the_encrypted_copy_counts_against_the_quota()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseSmimeAsync(user);
        await host.DeliverAsync(Message, "alice@example.test");
        var size = Assert.Single(await host.FindAsync("messages"))["size"].ToInt64();
        Assert.True(size > Message.Length + 100);

        // Ciphertexts of one length may differ by a few bytes in how their keys are written.
        const int Margin = 64;
        var again = Message.Replace("<m1@", "<m2@", StringComparison.Ordinal);
        await host.SetAsync(user, new BsonDocument("quota", (2 * size) - Margin));
        Assert.Equal(DeliveryStatus.MailboxFullTemporary, await StatusAsync(host, again));
        await AssertCountsAsync(host);
        Assert.All(await ClaimsAsync(host), claim => Assert.False(claim["plan"].AsBsonDocument.Contains("encryptionSeed")));

        await host.SetAsync(user, new BsonDocument("quota", (2 * size) + Margin));
        Assert.Equal(DeliveryStatus.Stored, await StatusAsync(host, again));
        await AssertCountsAsync(host);
    }

    [Fact]
    public async Task Encrypted_copies_need_no_memory_when_all_of_it_is_taken()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:SpoolMemoryBudget", "1048576"));
        await host.UseSmimeAsync(await host.AddUserAsync("alice@example.test"));
        await host.UseOpenPgpAsync(await host.AddUserAsync("bob@example.test"));
        var budget = host.Get<SpoolMemoryBudget>();
        var taken = budget.Capacity - 1;
        Assert.True(budget.TryTake(taken));

        var outcomes = await host.DeliverAsync(Message, "alice@example.test", "bob@example.test");

        Assert.All(outcomes, outcome => Assert.Equal(DeliveryStatus.Stored, outcome.Status));
        Assert.Equal(taken, budget.InUse);
        await AssertCountsAsync(host);
    }

    [Fact]
    public async Task Large_message_is_encrypted_whole_and_gives_its_memory_back()
    {
        await using var host = await StartAsync(("Lmtp:Delivery:SpoolMemoryPerMessage", "65536"));
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseSmimeAsync(user);
        var body = string.Concat(Enumerable.Range(0, 40_000).Select(line => $"line {line} of a large message\r\n"));
        var outcome = Assert.Single(await host.DeliverAsync($"Subject: large\r\n\r\n{body}", "alice@example.test"));
        await AssertCountsAsync(host);
        Assert.Equal(0, host.Get<SpoolMemoryBudget>().InUse);
        Assert.EndsWith($"\r\n\r\n{body}", await ReaderKeys.ReadSmimeAsync(await RawAsync(host, user, outcome)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_says_that_a_message_is_going_to_be_encrypted_and_keeps_nothing()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseOpenPgpAsync(user);
        var explained = await ExplainAsync(host, user);
        Assert.Equal(new EncryptionReading("openpgp", null), explained.Encryption);
        Assert.Contains("encrypt", explained.Stages.Select(stage => stage.Stage));
        Assert.Equal(0, host.Get<SpoolMemoryBudget>().InUse);

        await BreakKeyAsync(host, user, "encryptMessages");
        Assert.NotEmpty((await ExplainAsync(host, user)).Encryption!.Reason!);
        Assert.Empty(await host.FindAsync("messages"));
    }

    [Fact]
    public async Task Forward_is_encrypted_while_the_stored_copy_stays_as_it_came()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("multipart/mixed", await ContentTypeAsync(host));
        var plain = await ReaderKeys.ReadOpenPgpAsync(await ForwardedAsync(host));
        Assert.EndsWith(Message, plain, StringComparison.Ordinal);
        var forward = Assert.Single((await EntryAsync(host)).Outgoing);
        Assert.Equal(("openpgp", null), (forward.Encryption, forward.Reason));
        Assert.All(await ClaimsAsync(host), claim => Assert.False(claim["plan"].AsBsonDocument.Contains("encryptionSeed")));
    }

    [Fact]
    public async Task Forward_and_stored_copy_are_both_encrypted_where_both_are_asked_for()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.UseSmimeAsync(user);
        await host.SetAsync(user, new BsonDocument("encryptForwarded", true));
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal("application/pkcs7-mime", await ContentTypeAsync(host));
        Assert.EndsWith(Message, await ReaderKeys.ReadSmimeAsync(await ForwardedAsync(host)), StringComparison.Ordinal);
        await AssertCountsAsync(host);
    }

    [Fact]
    public async Task Redirected_message_goes_out_encrypted_and_is_stored_nowhere()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "encryptMessages", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await AddRedirectAsync(host, user);
        Assert.Equal(DeliveryStatus.Forwarded, await StatusAsync(host, Message));
        Assert.Empty(await host.FindAsync("messages"));
        Assert.Contains("BEGIN PGP MESSAGE", await ForwardedAsync(host), StringComparison.Ordinal);
        Assert.Null((await EntryAsync(host)).Encryption);
    }

    [Fact]
    public async Task Redirected_message_that_cannot_be_encrypted_is_kept_and_not_forwarded()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await BreakKeyAsync(host, user, "encryptForwarded");
        await AddRedirectAsync(host, user);
        Assert.Equal(DeliveryStatus.Stored, await StatusAsync(host, Message));
        Assert.Empty(await ForwardingTests.FilesAsync(host));
        Assert.StartsWith("it could not be encrypted: ", Assert.Single((await EntryAsync(host)).Outgoing).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dropped_message_is_forwarded_encrypted()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await AddFilterAsync(host, user, "{ }", "{ delete: true, targets: [{ type: 'mail', value: 'x@y.test' }] }");
        Assert.Equal(DeliveryStatus.Dropped, await StatusAsync(host, Message));
        Assert.Contains("BEGIN PGP MESSAGE", await ForwardedAsync(host), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 0)]
    public async Task Marks_of_a_circle_count_though_they_are_encrypted(int received, int forwards)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.SetAsync(user, new BsonDocument { { "encryptForwarded", true }, { "pubKey", ReaderKeys.OpenPgp } });
        await ForwardingTests.SetTargetsAsync(host, user, ("mail", "x@y.test"));
        var trace = string.Concat(Enumerable.Range(0, received).Select(i => $"Received: from a{i} by b{i}; Mon, 06 May 2024 12:34:56 +0300\r\n"));
        Assert.Equal(DeliveryStatus.Stored, await StatusAsync(host, $"{trace}Subject: x\r\n\r\nbody\r\n"));
        Assert.Equal(forwards, (await ForwardingTests.FilesAsync(host)).Count);
    }

    // Sizes, references and journal; attachments are as many as the messages refer to, each counted for its messages.
    private static async Task AssertCountsAsync(DeliveryHost host)
    {
        var messages = await host.FindAsync("messages");
        foreach (var user in await host.FindAsync("users"))
        {
            Assert.Equal(messages.Where(message => message["user"] == user["_id"]).Sum(message => message["size"].ToInt64()), user["storageUsed"].ToInt64());
        }

        var references = messages
            .SelectMany(message => message["mimeTree"].AsBsonDocument.GetValue("attachmentMap", new BsonDocument()).AsBsonDocument.Values, (message, file) => (file, message))
            .ToLookup(reference => reference.file, reference => reference.message["magic"].ToInt64());
        var files = await host.FindAsync("attachments.files", "{ 'metadata.c': { $gt: 0 } }");
        Assert.Equal(references.Select(reference => reference.Key).Order(), files.Select(file => file["_id"]).Order());
        Assert.All(files, file => Assert.Equal(
            (references[file["_id"]].Count(), references[file["_id"]].Sum()), (file["metadata"]["c"].ToInt32(), file["metadata"]["m"].ToInt64())));
        Assert.Equal(messages.Count, (await host.FindAsync("journal")).Count);
    }

    private static async Task<string> ContentTypeAsync(DeliveryHost host) =>
        Assert.Single(await host.FindAsync("messages"))["mimeTree"]["parsedHeader"]["content-type"]["value"].AsString;

    private static async Task<string> RawAsync(DeliveryHost host, ObjectId user, DeliveryOutcome outcome)
    {
        var raw = await host.Get<MessageStore>().FindRawAsync(user, ObjectId.Parse(outcome.MessageId), Token);
        using var bytes = new MemoryStream();
        await raw!.WriteToAsync(bytes, Token);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static async Task<string> ForwardedAsync(DeliveryHost host)
    {
        var header = Assert.Single(await ForwardingTests.FilesAsync(host))["metadata"]["data"]["headers"].AsBsonArray;
        var chunks = await host.Get<MailDatabase>().QueueChunks
            .Find(FilterDefinition<BsonDocument>.Empty).Sort(Builders<BsonDocument>.Sort.Ascending("n")).ToListAsync(Token);
        return string.Concat(header.Select(field => $"{field["line"].AsString}\r\n")) + "\r\n" +
            Encoding.Latin1.GetString([.. chunks.SelectMany(chunk => chunk["data"].AsByteArray)]);
    }

    private static async Task<DeliveryStatus> StatusAsync(DeliveryHost host, string message) =>
        Assert.Single(await host.DeliverAsync(message, "alice@example.test")).Status;

    private static async Task<DeliveryRecord> EntryAsync(DeliveryHost host)
    {
        DeliveryRecord? entry = null;
        await Eventually.TrueAsync(async () =>
            (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 1, Token)).Items is [var newest] && (entry = newest) is not null);
        return entry!;
    }

    private static async Task<DeliveryRecord> ExplainAsync(DeliveryHost host, ObjectId user) =>
        (await host.Get<MessageExplanation>().ExplainAsync(
            user, new ExplainedMessage(Encoding.ASCII.GetBytes(Message), "sender@friend.test", DateTimeOffset.UtcNow), null, Token))!;

    private static Task<List<BsonDocument>> ClaimsAsync(DeliveryHost host) => ForwardingTests.ClaimsAsync(host);

    private static Task BreakKeyAsync(DeliveryHost host, ObjectId user, string setting) =>
        host.SetAsync(user, new BsonDocument { { setting, true }, { "pubKey", ReaderKeys.Broken } });

    private static Task AddRedirectAsync(DeliveryHost host, ObjectId user) =>
        AddFilterAsync(host, user, "{ }", "{ }", "{ actions: { redirect: ['x@y.test'] } }");

    private static Task AddFilterAsync(DeliveryHost host, ObjectId user, string query, string action, string lmtp = "{ }") =>
        host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", BsonDocument.Parse(query) },
                { "action", BsonDocument.Parse(action) },
                { "lmtp", BsonDocument.Parse(lmtp) },
            },
            cancellationToken: Token);

    private Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("encrypted"), settings);
}
