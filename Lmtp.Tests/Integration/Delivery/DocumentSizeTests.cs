using System.Globalization;
using System.Text;
using Lmtp.Server.Delivery;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Tests.Integration.Delivery;

/// <summary>What the database cannot hold is refused for the recipient for whom that is so, and leaves nothing.</summary>
public sealed class DocumentSizeTests(EmbeddedMongoFixture mongo) : IClassFixture<EmbeddedMongoFixture>
{
    private const string Alice = "a@example.test";
    private const string Bob = "b@example.test";
    private const int DeepestNesting = 47;

    [Fact]
    public async Task Document_of_exactly_16_MiB_is_stored()
    {
        await using var host = await StartAsync();
        var outcome = await DeliverAsync(host, Large("some", await LongestAsync(host)));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        Assert.Equal(DocumentLimits.MaxBytes, (await StoredAsync(host, outcome)).ToBson().Length);
        await AssertNothingPendingAsync(host);
    }

    [Fact]
    public async Task Document_of_one_byte_more_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        var before = await LongestAsync(host);
        var outcome = await DeliverAsync(host, Large("some", before + 1));
        AssertRefused(outcome, DeliveryStatus.MessageTooLarge, "552 5.3.4 ");
        await AssertNothingOfAsync(host, "a", messages: 1);
    }

    [Fact]
    public async Task Document_over_16_MiB_is_refused_for_the_recipient_who_makes_it_so()
    {
        await using var host = await StartAsync();
        await host.AddUserAsync(Bob);
        var message = Large("both", await LongestAsync(host));

        // The tag stands in the document.
        var outcomes = await host.DeliverAsync(message, Alice, Bob.Replace("@", "+t@", StringComparison.Ordinal));

        Assert.Equal(DeliveryStatus.Stored, outcomes[0].Status);
        AssertRefused(outcomes[1], DeliveryStatus.MessageTooLarge, "552 5.3.4 ");
        await AssertNothingOfAsync(host, "b", messages: 0);
    }

    [Fact]
    public async Task Deepest_nesting_that_the_database_takes_is_stored()
    {
        await using var host = await StartAsync();
        var outcome = await DeliverAsync(host, Nested(DeepestNesting));
        Assert.Equal(DeliveryStatus.Stored, outcome.Status);
        var document = await StoredAsync(host, outcome);
        Assert.InRange(DepthOf(document), DocumentLimits.MaxDepth - 1, DocumentLimits.MaxDepth);
        await AssertNothingPendingAsync(host);
    }

    [Fact]
    public async Task One_level_more_is_refused_and_leaves_nothing()
    {
        await using var host = await StartAsync();
        var outcome = await DeliverAsync(host, Nested(DeepestNesting + 1));
        AssertRefused(outcome, DeliveryStatus.MessageTooComplex, "554 5.6.0 ");
        await AssertNothingOfAsync(host, "a", messages: 0);
        Assert.Empty(await host.FindAsync("attachments.files"));
        Assert.Empty(await host.FindAsync("attachments.chunks"));
    }

    private static void AssertRefused(DeliveryOutcome outcome, DeliveryStatus status, string reply)
    {
        Assert.Equal(status, outcome.Status);
        Assert.StartsWith(reply, DeliveryReplyText.AtEndOfMessage(outcome, Alice, "session"), StringComparison.Ordinal);
    }

    private static async Task<DeliveryOutcome> DeliverAsync(DeliveryHost host, string message) =>
        Assert.Single(await host.DeliverAsync(message, Alice));

    // How much may stand before the first part.
    private static async Task<int> LongestAsync(DeliveryHost host)
    {
        const int Probe = 16_700_000;
        var outcome = await DeliverAsync(host, Large("test", Probe));
        return Probe + DocumentLimits.MaxBytes - (await StoredAsync(host, outcome)).ToBson().Length;
    }

    private static async Task<BsonDocument> StoredAsync(DeliveryHost host, DeliveryOutcome outcome) =>
        Assert.Single(await host.FindAsync("messages", $"{{ _id: ObjectId('{outcome.MessageId}') }}"));

    // What stands before the first part stays in the document. The names are of one length, and so are the attachments,
    // so that the documents differ by it only.
    private static string Large(string name, int length) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"Message-ID: <{name}@friend.test>\r\n")
        .Append("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
        .Append('x', length)
        .Append("\r\n--b\r\n\r\ntext\r\n")
        .Append(CultureInfo.InvariantCulture, $"--b\r\nContent-Type: application/octet-stream\r\n\r\nfile of {name}\r\n--b--\r\n")
        .ToString();

    private static string Nested(int levels)
    {
        var message = new StringBuilder("Message-ID: <nested@friend.test>\r\n");
        for (var level = 0; level < levels; level++)
        {
            message.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        }

        return message.Append("Content-Type: application/octet-stream\r\n\r\nfile\r\n").ToString();
    }

    private static int DepthOf(BsonValue value) => value switch
    {
        BsonDocument document => 1 + document.Values.Select(DepthOf).DefaultIfEmpty(0).Max(),
        BsonArray array => 1 + array.Select(DepthOf).DefaultIfEmpty(0).Max(),
        _ => 0,
    };

    private static async Task AssertNothingOfAsync(DeliveryHost host, string name, int messages)
    {
        var user = (await host.FindAsync("users", $"{{ username: '{name}' }}")).Single();
        var stored = await host.FindAsync("messages", $"{{ user: ObjectId('{user["_id"]}') }}");
        Assert.Equal(messages, stored.Count);
        Assert.Equal(messages, (await host.FindAsync("journal", $"{{ user: ObjectId('{user["_id"]}') }}")).Count);
        Assert.Equal(stored.Sum(message => message["size"].ToInt64()), user["storageUsed"].ToInt64());
        await AssertNothingPendingAsync(host);
        foreach (var file in await host.FindAsync("attachments.files"))
        {
            var uses = await host.FindAsync("messages", $"{{ 'mimeTree.attachmentMap.ATT00001': {file["_id"].ToJson()} }}");
            Assert.Equal(uses.Count, file["metadata"]["c"].ToInt32());
            Assert.Equal(uses.Sum(message => message["magic"].ToInt64()), file["metadata"]["m"].ToInt64());
        }
    }

    // No claim is open, and no token is left of one that stored nothing.
    private static async Task AssertNothingPendingAsync(DeliveryHost host)
    {
        var claims = await host.Get<MailDatabase>().Own.GetCollection<BsonDocument>(ClaimStore.CollectionName)
            .Find(FilterDefinition<BsonDocument>.Empty)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(claims, claim => claim["state"] == "open");
        var stored = claims.FindAll(claim => claim["state"] == "stored").ConvertAll(claim => claim["_id"].AsBsonBinaryData);
        foreach (var document in (await host.FindAsync("users")).Concat(await host.FindAsync("attachments.files")))
        {
            Assert.All(PendingTokens.Of(document), token => Assert.Contains(token, stored));
        }
    }

    private async Task<DeliveryHost> StartAsync()
    {
        var host = await DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("size"));
        await host.AddUserAsync(Alice);
        return host;
    }
}
