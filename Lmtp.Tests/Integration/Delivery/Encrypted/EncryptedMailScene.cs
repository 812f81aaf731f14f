using Lmtp.Server.Delivery;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Tests.Integration.Delivery.Outgoing;
using MongoDB.Bson;

namespace Lmtp.Tests.Integration.Delivery.Encrypted;

/// <summary>A server whose users want their mail encrypted, and what its tests look at.</summary>
public abstract class EncryptedMailScene(EmbeddedMongoFixture mongo)
{
    private protected const string Message =
        "Received: from mx.friend.test by here.test id Q17; Mon, 06 May 2024 12:34:56 +0300\r\n" +
        "Date: Mon, 06 May 2024 12:34:56 +0300\r\nFrom: Ann <ann@friend.test>\r\nTo: all@example.test\r\n" +
        "Cc: boss@friend.test\r\nSubject: The plan\r\nMessage-ID: <m1@friend.test>\r\n" +
        "Content-Type: multipart/mixed; boundary=BB\r\n\r\n" +
        "--BB\r\nContent-Type: text/plain\r\n\r\nthe secret words\r\n" +
        "--BB\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a\r\n\r\nsecret bytes\r\n--BB--\r\n";

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    // Sizes, references and journal; attachments are as many as the messages refer to, each counted for its messages.
    private protected static async Task AssertCountsAsync(DeliveryHost host)
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

    private protected static async Task<string> ContentTypeAsync(DeliveryHost host) =>
        Assert.Single(await host.FindAsync("messages"))["mimeTree"]["parsedHeader"]["content-type"]["value"].AsString;

    private protected static async Task<DeliveryStatus> StatusAsync(DeliveryHost host, string message) =>
        Assert.Single(await host.DeliverAsync(message, "alice@example.test")).Status;

    private protected static async Task<DeliveryRecord> EntryAsync(DeliveryHost host)
    {
        DeliveryRecord? entry = null;
        await Eventually.TrueAsync(async () =>
            (await host.Get<DeliveryLogStore>().SearchAsync(new DeliveryLogQuery(), null, 1, Token)).Items is [var newest] && (entry = newest) is not null);
        return entry!;
    }

    private protected static Task<List<BsonDocument>> ClaimsAsync(DeliveryHost host) => ForwardingTests.ClaimsAsync(host);

    private protected static Task BreakKeyAsync(DeliveryHost host, ObjectId user, string setting) =>
        host.SetAsync(user, new BsonDocument { { setting, true }, { "pubKey", ReaderKeys.Broken } });

    private protected static Task AddFilterAsync(DeliveryHost host, ObjectId user, string query, string action, string lmtp = "{ }") =>
        host.Database.GetCollection<BsonDocument>("filters").InsertOneAsync(
            new BsonDocument
            {
                { "user", user },
                { "query", BsonDocument.Parse(query) },
                { "action", BsonDocument.Parse(action) },
                { "lmtp", BsonDocument.Parse(lmtp) },
            },
            cancellationToken: Token);

    private protected Task<DeliveryHost> StartAsync(params (string Key, string Value)[] settings) =>
        DeliveryHost.StartAsync(mongo, EmbeddedMongoFixture.NewName("encrypted"), settings);
}
