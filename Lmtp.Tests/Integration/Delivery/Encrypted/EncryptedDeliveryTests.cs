using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Delivery.Spool;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>Who gets an encrypted copy, what it is, and what else there is of it.</summary>
public sealed class EncryptedDeliveryTests(EmbeddedMongoFixture mongo) : EncryptedMailScene(mongo), IClassFixture<EmbeddedMongoFixture>
{
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

    private static async Task<string> RawAsync(DeliveryHost host, ObjectId user, DeliveryOutcome outcome)
    {
        var raw = await host.Get<MessageStore>().FindRawAsync(user, ObjectId.Parse(outcome.MessageId), Token);
        using var bytes = new MemoryStream();
        await raw!.WriteToAsync(bytes, Token);
        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    private static async Task<DeliveryRecord> ExplainAsync(DeliveryHost host, ObjectId user) =>
        (await host.Get<MessageExplanation>().ExplainAsync(
            user, new ExplainedMessage(Encoding.ASCII.GetBytes(Message), "sender@friend.test", DateTimeOffset.UtcNow), null, Token))!;
}
