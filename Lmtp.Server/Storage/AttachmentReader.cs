using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Reads attachment files back. Specification section 2.7.</summary>
internal sealed class AttachmentReader(MailDatabase database) : IStoredAttachments
{
    private const int ChunksAtOnce = 16;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    public async ValueTask<MessageDocuments.StoredAttachment?> OpenAsync(BsonBinaryData id, CancellationToken cancellationToken)
    {
        var file = await database.AttachmentFiles.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken);
        if (file is null)
        {
            return null;
        }

        var content = new MemoryStream((int)file.Number("length"));
        for (var next = 0; ;)
        {
            var chunks = await database.AttachmentChunks
                .Find(Filter.Eq("files_id", id) & Filter.Gte("n", next))
                .Sort(Builders<BsonDocument>.Sort.Ascending("n"))
                .Limit(ChunksAtOnce)
                .ToListAsync(cancellationToken);
            foreach (var chunk in chunks)
            {
                content.Write(chunk["data"].AsBsonBinaryData.Bytes);
            }

            if (chunks.Count < ChunksAtOnce)
            {
                break;
            }

            next = (int)chunks[^1].Number("n") + 1;
        }

        content.Position = 0;
        return new MessageDocuments.StoredAttachment(file, content);
    }
}
