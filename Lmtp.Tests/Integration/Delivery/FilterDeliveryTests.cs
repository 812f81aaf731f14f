using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>What filters beyond WildDuck's do to stored mail, and that nobody's filters touch anybody else's mail.</summary>
public sealed class FilterDeliveryTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Message =
        "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: Alice <alice@friend.test>\r\nTo: user@example.com\r\n" +
        "Subject: Invoice 7\r\nMessage-ID: <m1@friend.test>\r\n\r\nPlease pay.\r\n";

    [Fact]
    public async Task Missing_mailbox_is_made_once_and_keeps_mail_as_long_as_the_user_says()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("users").UpdateOneAsync(
            Builders<BsonDocument>.Filter.Eq("_id", user),
            Builders<BsonDocument>.Update.Set("retention", 5000),
            cancellationToken: TestContext.Current.CancellationToken);
        await AddFilterAsync(host, user, "{ actions: { mailbox: { path: 'Bills/2024', create: true } } }");
        await host.DeliverAsync(Message, "alice@example.test");
        await host.DeliverAsync(Message.Replace("m1@", "m2@", StringComparison.Ordinal), "alice@example.test");

        var mailbox = Assert.Single(await host.FindAsync("mailboxes", "{ path: 'Bills/2024' }"));
        Assert.Equal(5000, mailbox["retention"].ToInt32());
        Assert.All(await host.FindAsync("messages"), message => Assert.Equal(mailbox["_id"], message["mailbox"]));
    }

    [Theory]
    [InlineData("Lists", "Lists")]
    [InlineData("Nowhere", "INBOX")]
    public async Task Mailbox_that_is_not_to_be_made_is_used_only_when_it_is_there(string path, string expected)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.Get<Lmtp.Server.Storage.MailboxStore>().CreateAsync(user, "Lists", 0, TestContext.Current.CancellationToken);
        await AddFilterAsync(host, user, $"{{ actions: {{ mailbox: {{ path: '{path}' }} }} }}");
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal(expected, await MailboxOfAsync(host, Assert.Single(await host.FindAsync("messages"))));
    }

    [Theory]
    [InlineData("Lmtp:Delivery:FiltersPerUser", "1", "INBOX")]
    [InlineData("Lmtp:Delivery:FiltersPerUser", "2", "New")]
    [InlineData("Lmtp:Delivery:FilterConditionsPerUser", "1", "INBOX")]
    [InlineData("Lmtp:Delivery:FilterConditionsPerUser", "2", "New")]
    public async Task Filters_beyond_the_limit_are_not_applied_and_the_log_says_so(string option, string most, string expected)
    {
        await using var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("filters"), (option, most));
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(host, user, "{ conditions: [{ type: 'list' }] }");
        await AddFilterAsync(host, user, "{ conditions: [{ type: 'list', not: true }], actions: { mailbox: { path: 'New', create: true } } }");
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal(expected, await MailboxOfAsync(host, Assert.Single(await host.FindAsync("messages"))));
        await Eventually.TrueAsync(async () =>
            (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 1, TestContext.Current.CancellationToken)).Items
                is [{ Filters: [_, var second] }]
            && second.Reason.Contains("more", StringComparison.Ordinal) == (expected == "INBOX"));
    }

    [Theory]
    [InlineData("6", "New")]
    [InlineData("5", "INBOX")]
    public async Task Mailboxes_of_a_user_are_limited(string max, string expected)
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("settings").InsertOneAsync(
            new BsonDocument { { "key", "const:max:mailboxes" }, { "value", max } },
            cancellationToken: TestContext.Current.CancellationToken);
        await AddFilterAsync(host, user, "{ actions: { mailbox: { path: 'New', create: true } } }");
        await host.DeliverAsync(Message, "alice@example.test");

        Assert.Equal(expected, await MailboxOfAsync(host, Assert.Single(await host.FindAsync("messages"))));
    }

    [Fact]
    public async Task Keywords_are_stored_and_listed_by_the_mailbox()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(host, user, "{ actions: { seen: true, keywords: ['$Work', 'bill'] } }");
        await host.DeliverAsync(Message, "alice@example.test");

        var message = Assert.Single(await host.FindAsync("messages"));
        Assert.Equal([@"\Seen", "$Work", "bill"], message["flags"].AsBsonArray.Select(flag => flag.AsString));
        Assert.False(message["unseen"].AsBoolean);
        var inbox = Assert.Single(await host.FindAsync("mailboxes", "{ path: 'INBOX' }"));
        Assert.Equal(["$Work", "bill"], inbox["flags"].AsBsonArray.Select(flag => flag.AsString));
    }

    [Fact]
    public async Task Refused_message_leaves_nothing_behind()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(host, user, "{ actions: { reject: 'No invoices, please', mailbox: { path: 'X', create: true } } }");
        var outcome = Assert.Single(await host.DeliverAsync(Message, "alice@example.test"));

        Assert.Equal(DeliveryStatus.RejectedByFilter, outcome.Status);
        Assert.Equal("No invoices, please", outcome.Detail);
        Assert.Empty(await host.FindAsync("messages"));
        Assert.Empty(await host.FindAsync("mailboxes", "{ path: 'X' }"));
        Assert.Equal(0, (await host.FindAsync("users")).Single()["storageUsed"].ToInt64());
    }

    [Fact]
    public async Task Redirected_message_that_nobody_forwards_is_kept()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(host, user, "{ actions: { spam: true, redirect: ['out@other.test'] } }");
        Assert.Equal(DeliveryStatus.Stored, Assert.Single(await host.DeliverAsync(Message, "alice@example.test")).Status);
    }

    [Fact]
    public async Task Filter_that_cannot_be_read_does_nothing()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(host, user, "{ conditions: [{ type: 'subject', value: 'x' }], actions: { delete: true } }");
        Assert.Equal(DeliveryStatus.Stored, Assert.Single(await host.DeliverAsync(Message, "alice@example.test")).Status);
    }

    [Fact]
    public async Task Tag_and_original_recipient_are_offered()
    {
        await using var host = await StartAsync();
        var user = await host.AddUserAsync("alice@example.test");
        await AddFilterAsync(
            host,
            user,
            "{ conditions: [{ type: 'tag', op: 'equals', value: 'shop' }, " +
            "{ type: 'originalRecipient', op: 'equals', value: 'sales@company.test' }], actions: { flagged: true } }");
        var verdict = await host.Agent.VerifyRecipientAsync(
            DeliveryHost.NewTransaction(),
            new ForwardPath("alice+shop@example.test", "rfc822;sales@company.test"),
            TestContext.Current.CancellationToken);
        await host.DeliverToAsync(DeliveryHost.NewTransaction(), Encoding.UTF8.GetBytes(Message), [verdict.Recipient!]);

        Assert.True(Assert.Single(await host.FindAsync("messages"))["flagged"].AsBoolean);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Mixed_recipients_get_exactly_what_their_own_filters_say(int seed)
    {
        string[] rules =
        [
            "{ actions: { reject: 'no' } }",
            "{ actions: { delete: true } }",
            "{ actions: { mailbox: { path: 'Own', create: true }, keywords: ['mine'] } }",
            "{ actions: { seen: true, flagged: true } }",
            "{ actions: { spam: true } }",
            "{ conditions: [{ type: 'recipient', op: 'contains', value: 'user3' }], actions: { seen: true } }",
            "{ conditions: [{ type: 'tag', op: 'exists' }], actions: { delete: true } }",
            "{ }",
        ];
        var random = new Random(seed);
        await using var host = await StartAsync();
        var owners = new Dictionary<ObjectId, int>();
        for (var index = 0; index < rules.Length; index++)
        {
            var user = await host.AddUserAsync($"user{index}@example.test");
            owners.Add(user, index);
            await AddFilterAsync(host, user, rules[index]);
        }

        for (var round = 0; round < 6; round++)
        {
            var recipients = Enumerable.Range(0, rules.Length).OrderBy(_ => random.Next()).Take(random.Next(2, rules.Length + 1)).ToArray();
            var text = Message.Replace("m1@", $"r{round}@", StringComparison.Ordinal);
            var outcomes = await host.DeliverAsync(text, [.. recipients.Select(index => $"user{index}@example.test")]);
            for (var place = 0; place < recipients.Length; place++)
            {
                Assert.Equal(
                    recipients[place] switch
                    {
                        0 => DeliveryStatus.RejectedByFilter,
                        1 => DeliveryStatus.Dropped,
                        _ => DeliveryStatus.Stored,
                    },
                    outcomes[place].Status);
            }

            var stored = await host.FindAsync("messages", $"{{ msgid: '<r{round}@friend.test>' }}");
            Assert.Equal(recipients.Count(index => index > 1), stored.Count);
            foreach (var message in stored)
            {
                await AssertOwnAsync(host, message, owners[message["user"].AsObjectId]);
            }
        }
    }

    private static async Task AssertOwnAsync(DeliveryHost host, BsonDocument message, int owner)
    {
        var flags = string.Join(' ', message["flags"].AsBsonArray.Select(flag => flag.AsString));
        Assert.Equal(owner switch { 2 => "mine", 3 => @"\Seen \Flagged", _ => "" }, flags);
        Assert.Equal(owner switch { 2 => "Own", 4 => "Junk", _ => "INBOX" }, await MailboxOfAsync(host, message));
        Assert.Equal($"user{owner}@example.test", message["meta"]["to"][0].AsString);
        var header = string.Join('\n', message["mimeTree"]["header"].AsBsonArray.Select(line => line.AsString));
        Assert.Equal(owner == 4, header.Contains("WD-Mail-Classification: junk", StringComparison.Ordinal));
    }

    private static async Task<string> MailboxOfAsync(DeliveryHost host, BsonDocument message) =>
        (await host.FindAsync("mailboxes", $"{{ _id: ObjectId('{message["mailbox"]}') }}")).Single()["path"].AsString;

    private static Task AddFilterAsync(DeliveryHost host, ObjectId user, string lmtp) =>
        host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "_id", ObjectId.GenerateNewId() },
                { "user", user },
                { "query", new BsonDocument() },
                { "action", new BsonDocument() },
                { "lmtp", BsonDocument.Parse(lmtp) },
            },
            cancellationToken: TestContext.Current.CancellationToken);

    private Task<DeliveryHost> StartAsync() => DeliveryHost.StartAsync(mongo, $"filters{Guid.NewGuid():N}");
}
