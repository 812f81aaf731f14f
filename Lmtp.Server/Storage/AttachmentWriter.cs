using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Writes one attachment file, chunks first. Specification section 2.7.</summary>
internal sealed class AttachmentWriter(MailDatabase database, TimeProvider time)
{
    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(30);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Stores the file with its first references and returns the digest of the stored bytes in base64; null when someone
    /// else stores or stored the same file, which is then to be looked for again.
    /// </summary>
    public async Task<string?> TryStoreAsync(
        IMessageSource source,
        MessageAttachment attachment,
        AttachmentReference reference,
        CancellationToken cancellationToken)
    {
        var chunks = new List<ObjectId>();
        var upload = new AttachmentUpload(attachment, source);
        try
        {
            await foreach (var chunk in upload.ReadChunksAsync(cancellationToken))
            {
                chunks.Add(chunk["_id"].AsObjectId);
                await database.AttachmentChunks.InsertOneAsync(chunk, cancellationToken: cancellationToken);
            }

            var file = upload.CreateFile(reference.Count, reference.Magic, time.GetUtcNow().UtcDateTime);
            file.Add("lmtp", new BsonDocument("pending", new BsonArray(reference.Keys)));
            await database.AttachmentFiles.InsertOneAsync(file, cancellationToken: cancellationToken);
            return upload.ContentHash;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            await RemoveChunksAsync(chunks);
            await RemoveOrphansAsync(reference.Use.File, cancellationToken);
            return null;
        }
        catch
        {
            await RemoveChunksAsync(chunks);
            throw;
        }
    }

    private async Task RemoveChunksAsync(List<ObjectId> chunks)
    {
        if (chunks.Count > 0)
        {
            await database.AttachmentChunks.DeleteManyAsync(Filter.In("_id", chunks), CancellationToken.None);
        }
    }

    // Chunks without a file, left by a process that died in the middle, would block these bytes for ever.
    private async Task RemoveOrphansAsync(BsonBinaryData id, CancellationToken cancellationToken)
    {
        if (await database.AttachmentFiles.Find(Filter.Eq("_id", id)).AnyAsync(cancellationToken))
        {
            return;
        }

        var abandoned = ObjectId.GenerateNewId(time.GetUtcNow().UtcDateTime - OrphanAge);
        await database.AttachmentChunks.DeleteManyAsync(
            Filter.Eq("files_id", id) & Filter.Lt("_id", abandoned), cancellationToken);
    }
}
