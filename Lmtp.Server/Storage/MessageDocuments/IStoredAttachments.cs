using MongoDB.Bson;

namespace Lmtp.Server.Storage.MessageDocuments;

/// <summary>Reads files back from attachment storage.</summary>
public interface IStoredAttachments
{
    /// <summary>Opens a file by its <c>_id</c>; null when it is missing.</summary>
    ValueTask<StoredAttachment?> OpenAsync(BsonBinaryData id, CancellationToken cancellationToken);
}

/// <summary>A file of attachment storage.</summary>
/// <param name="File">Its <c>attachments.files</c> document.</param>
/// <param name="Content">Its bytes as stored; disposed by whoever opened the file.</param>
public sealed record StoredAttachment(BsonDocument File, Stream Content);
