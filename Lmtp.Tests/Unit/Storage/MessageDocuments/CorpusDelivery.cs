using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;

using MongoDB.Bson;

namespace Lmtp.Tests.Unit.Storage.MessageDocuments;

/// <summary>Stores corpus messages under the pinned conditions of the golden files, without a database.</summary>
internal sealed class CorpusDelivery
{
    public const string Sender = "sender@example.net";
    public const string Recipient = "user@example.com";

    private const int Magic = 57005;
    private const uint PinnedRandom = 0xDEADBEEF;

    public static readonly DateTime Now = new(2024, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    private CorpusDelivery(IndexedMessage message, MessageCopy copy)
    {
        Message = message;
        Copy = copy;
    }

    public IndexedMessage Message { get; }

    public MessageCopy Copy { get; }

    /// <summary>The file documents, in the order in which they were made.</summary>
    public List<BsonDocument> Files { get; } = [];

    /// <summary>The stored bytes by base64 file id.</summary>
    public Dictionary<string, byte[]> Data { get; } = [];

    public BsonDocument Document { get; private set; } = [];

    /// <summary>Indexes bytes in chunks of the given size.</summary>
    public static async Task<IndexedMessage> IndexAsync(byte[] bytes, int chunkSize = 64 * 1024)
    {
        using var indexer = new MessageIndexer(randomName: static () => PinnedRandom);
        for (var offset = 0; offset < bytes.Length; offset += chunkSize)
        {
            indexer.Write(bytes.AsSpan(offset, Math.Min(chunkSize, bytes.Length - offset)));
        }

        return await indexer.CompleteAsync(new MemoryMessageSource(bytes), TestContext.Current.CancellationToken);
    }

    /// <summary>Makes everything that would be written to the database.</summary>
    public static async Task<CorpusDelivery> RunAsync(byte[] fed, int chunkSize = 64 * 1024) =>
        await RunAsync(await IndexAsync(fed, chunkSize));

    /// <summary>Makes everything that would be written to the database for a message that is indexed.</summary>
    public static async Task<CorpusDelivery> RunAsync(IndexedMessage message)
    {
        var delivery = new CorpusDelivery(message, MessageCopy.Create(message, Recipient, Sender, isFirst: true));
        var hashes = await delivery.StoreAttachmentsAsync();
        delivery.Document = new MessageDocumentBuilder(static () => Guid.Parse("00000000-0000-4000-8000-000000000000")).Build(new MessageFields
        {
            Id = ObjectId.Parse("65937d250000000000000001"),
            Copy = delivery.Copy,
            InternalDate = Now,
            Meta = [],
            Magic = Magic,
            Mailbox = ObjectId.Parse("000000000000000000000bbb"),
            User = ObjectId.Parse("000000000000000000000aaa"),
            Uid = 1,
            ModSeq = 2,
            Thread = ObjectId.Parse("65937d250000000000000002"),
            ContentHashes = hashes,
        });
        return delivery;
    }

    private async Task<Dictionary<string, string>> StoreAttachmentsAsync()
    {
        var hashes = new Dictionary<string, string>();
        foreach (var attachment in Message.Attachments)
        {
            var key = Convert.ToBase64String(attachment.Sha256.Span);
            if (Data.ContainsKey(key))
            {
                var metadata = Files.Single(file => file["_id"].AsByteArray.AsSpan().SequenceEqual(attachment.Sha256.Span))["metadata"].AsBsonDocument;
                metadata["c"] = metadata["c"].AsInt32 + 1;
                metadata["m"] = metadata["m"].AsInt32 + Magic;
                continue;
            }

            var upload = new AttachmentUpload(attachment, Message.Source);
            var data = new MemoryStream();
            await foreach (var chunk in upload.ReadChunksAsync(TestContext.Current.CancellationToken))
            {
                data.Write(chunk["data"].AsByteArray);
            }

            Data.Add(key, data.ToArray());
            Files.Add(upload.CreateFile(1, Magic, Now));
            hashes.Add(attachment.Id, upload.ContentHash!);
        }

        return hashes;
    }
}
