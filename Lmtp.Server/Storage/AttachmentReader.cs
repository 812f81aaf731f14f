using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Reads attachment files back. Specification section 2.7.</summary>
internal sealed class AttachmentReader(MailDatabase database) : IStoredAttachments
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    public async ValueTask<MessageDocuments.StoredAttachment?> OpenAsync(BsonBinaryData id, CancellationToken cancellationToken) =>
        await database.AttachmentFiles.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } file
            ? new MessageDocuments.StoredAttachment(file, new AttachmentStream(database.AttachmentChunks, id))
            : null;
}
