using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Finds single attachments of stored messages. Specification sections 2.6 and 2.7.</summary>
internal sealed class MessagePartStore(MailDatabase database, IStoredAttachments attachments)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> Projection =
        Builders<BsonDocument>.Projection.Include("attachments").Include("mimeTree.attachmentMap");

    /// <summary>
    /// Finds an attachment by its name within the message, such as <c>ATT00001</c>; null when there is none, or when its
    /// file is missing.
    /// </summary>
    public async Task<MessagePart?> FindAsync(ObjectId user, ObjectId message, string part, CancellationToken cancellationToken)
    {
        var document = await database.Messages
            .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
            .Project<BsonDocument>(Projection)
            .FirstOrDefaultAsync(cancellationToken);
        var map = document?.DocumentOrNull("mimeTree")?.DocumentOrNull("attachmentMap") ?? [];
        var described = document is null ? null : MessageReader.Attachments(document).Find(attachment => attachment.Id == part);
        return described is not null
            && map.GetValue(part, BsonNull.Value) is BsonBinaryData file
            && await attachments.OpenAsync(file, cancellationToken) is { } stored
                ? new MessagePart(described, stored)
                : null;
    }
}
