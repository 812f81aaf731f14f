using System.Text;
using Lmtp.Server.Delivery.Explain;
using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>What an explanation says is what a delivery then does, and explaining changes nothing.</summary>
public sealed class ExplanationTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Address = "alice+shop@example.test";

    [Theory]
    [InlineData("{ }", "stored", "INBOX")]
    [InlineData("{ actions: { mailbox: { path: 'New', create: true }, keywords: ['k'], seen: true } }", "stored", "New")]
    [InlineData("{ actions: { spam: true } }", "stored", "Junk")]
    [InlineData("{ conditions: [{ type: 'tag', op: 'equals', value: 'shop' }], actions: { delete: true } }", "dropped", null)]
    [InlineData("{ actions: { reject: 'no' } }", "rejected_by_filter", null)]
    public async Task Explanation_says_what_the_delivery_does_and_changes_nothing(string lmtp, string outcome, string? mailbox)
    {
        await using var host = await DeliveryHost.StartAsync(mongo, $"explain{Guid.NewGuid():N}");
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", new BsonDocument() },
                { "action", new BsonDocument() },
                { "lmtp", BsonDocument.Parse(lmtp) },
            },
            cancellationToken: TestContext.Current.CancellationToken);
        var message = Encoding.ASCII.GetBytes("Message-ID: <m1@x.test>\r\nDate: Mon, 06 May 2024 12:34:56 +0300\r\nSubject: s\r\n\r\ntext\r\n");

        var before = await SnapshotAsync(host);
        var explained = await ExplainAsync(host, user, message);
        Assert.Equal(before, await SnapshotAsync(host));
        Assert.Equal(outcome, explained.Outcome);
        Assert.Equal(mailbox, outcome == "stored" ? explained.Place!.Path : null);

        var delivered = Assert.Single(await host.DeliverAsync(DeliveryHost.NewTransaction(), message, Address));
        Assert.Equal(delivered.Detail, outcome == "rejected_by_filter" ? "no" : null);
        if (outcome == "stored")
        {
            var stored = Assert.Single(await host.FindAsync("messages"));
            var place = (await host.FindAsync("mailboxes", $"{{ _id: ObjectId('{stored["mailbox"]}') }}")).Single();
            Assert.Equal(explained.Place!.Path, place["path"].AsString);
            Assert.Equal(explained.Flags, stored["flags"].AsBsonArray.Select(flag => flag.AsString));

            // The stored message is no duplicate of itself; the same bytes again would be one.
            var found = await host.Get<MessageExplanation>().FindAsync(user, stored["_id"].AsObjectId, TestContext.Current.CancellationToken);
            var again = await host.Get<MessageExplanation>().ExplainAsync(user, found!, null, TestContext.Current.CancellationToken);
            Assert.Equal("stored", again!.Outcome);
            Assert.Equal("duplicate", (await ExplainAsync(host, user, message)).Outcome);
        }
    }

    [Fact]
    public async Task Every_condition_is_looked_at()
    {
        await using var host = await DeliveryHost.StartAsync(mongo, $"explain{Guid.NewGuid():N}");
        var user = await host.AddUserAsync("alice@example.test");
        await host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            BsonDocument.Parse(
                "{ query: {}, action: {}, lmtp: { conditions: [{ type: 'list' }, { type: 'body', op: 'contains', value: 'text' }] } }")
                .Set("user", user),
            cancellationToken: TestContext.Current.CancellationToken);
        var explained = await ExplainAsync(host, user, "Subject: s\r\n\r\ntext\r\n"u8.ToArray());
        Assert.Equal([false, true], Assert.Single(explained.Filters).Conditions.Select(condition => condition.IsMet));
    }

    private static async Task<DeliveryRecord> ExplainAsync(DeliveryHost host, ObjectId user, byte[] message)
    {
        var record = await host.Get<MessageExplanation>().ExplainAsync(
            user,
            new ExplainedMessage(message, "sender@friend.test", DateTimeOffset.UtcNow) { Recipient = Address },
            null,
            TestContext.Current.CancellationToken);
        return record!;
    }

    private static async Task<string> SnapshotAsync(DeliveryHost host)
    {
        var all = new StringBuilder();
        foreach (var collection in new[] { "users", "mailboxes", "messages", "filters", "addresses", "journal", "threads", "addressregister" })
        {
            foreach (var document in await host.FindAsync(collection))
            {
                all.AppendLine(document.ToJson());
            }
        }

        return all.ToString();
    }
}
