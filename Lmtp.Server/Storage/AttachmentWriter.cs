using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Writes one attachment file, chunks first. Specification section 2.7.</summary>
internal sealed partial class AttachmentWriter(MailDatabase database, TimeProvider time, ILogger<AttachmentWriter> logger)
{
    // The delivery that brought a chunk in. Chunks without a file that a dead delivery left are found by it; WildDuck
    // ignores the field.
    private const string UploadField = "lmtp.upload";

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
        var upload = new AttachmentUpload(attachment, source);
        if (await TryWriteChunksAsync(upload, reference, cancellationToken) is not { } chunks)
        {
            return null;
        }

        var file = upload.CreateFile(reference.Count, reference.Magic, time.GetUtcNow().UtcDateTime);
        file.Add("lmtp", new BsonDocument("pending", new BsonArray(reference.Keys)));
        try
        {
            await database.AttachmentFiles.InsertOneAsync(file, cancellationToken: cancellationToken);
            return upload.ContentHash;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            await RemoveSecondSetAsync(reference.Use.File, chunks, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!DatabaseFailure.MayHaveBeenDone(exception))
        {
            await RemoveChunksAsync(chunks);
            throw;
        }
    }

    /// <summary>
    /// Removes the chunks of uploads that these deliveries began and nobody will end. Nothing happens where the file is
    /// there: then they are its content.
    /// </summary>
    public async Task RemoveUnfinishedAsync(
        BsonBinaryData file, IEnumerable<BsonBinaryData> keys, CancellationToken cancellationToken)
    {
        if (!await HasFileAsync(file, cancellationToken))
        {
            await database.AttachmentChunks.DeleteManyAsync(
                Filter.Eq("files_id", file) & Filter.In(UploadField, keys), cancellationToken);
        }
    }

    private async Task<List<ObjectId>?> TryWriteChunksAsync(
        AttachmentUpload upload, AttachmentReference reference, CancellationToken cancellationToken)
    {
        var chunks = new List<ObjectId>();
        var isComplete = false;
        try
        {
            await foreach (var chunk in upload.ReadChunksAsync(cancellationToken))
            {
                chunk.Add("lmtp", new BsonDocument("upload", reference.Keys[0]));
                chunks.Add(chunk["_id"].AsObjectId);
                await database.AttachmentChunks.InsertOneAsync(chunk, cancellationToken: cancellationToken);
            }

            isComplete = true;
            return chunks;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            await RemoveUnfinishedAsync(reference.Use.File, reference.Keys, cancellationToken);
            await RemoveOrphansAsync(reference.Use.File, cancellationToken);
            return null;
        }
        finally
        {
            if (!isComplete)
            {
                await RemoveChunksAsync(chunks);
            }
        }
    }

    // A file without chunks would be lost mail, so ours stay unless those of the other upload are there as well.
    private async Task RemoveSecondSetAsync(BsonBinaryData file, List<ObjectId> chunks, CancellationToken cancellationToken)
    {
        if (await database.AttachmentChunks
            .Find(Filter.Eq("files_id", file) & Filter.Nin("_id", chunks))
            .AnyAsync(cancellationToken))
        {
            await RemoveChunksAsync(chunks);
        }
    }

    // What stays here is found by its delivery's key later.
    private async Task RemoveChunksAsync(List<ObjectId> chunks)
    {
        if (chunks.Count == 0)
        {
            return;
        }

        try
        {
            await database.AttachmentChunks.DeleteManyAsync(Filter.In("_id", chunks), CancellationToken.None);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            LogNotRemoved(chunks.Count, exception);
        }
    }

    // WildDuck's own, of a process that died in the middle, would block these bytes for ever.
    private async Task RemoveOrphansAsync(BsonBinaryData file, CancellationToken cancellationToken)
    {
        if (!await HasFileAsync(file, cancellationToken))
        {
            var abandoned = ObjectId.GenerateNewId(time.GetUtcNow().UtcDateTime - OrphanAge);
            await database.AttachmentChunks.DeleteManyAsync(
                Filter.Eq("files_id", file) & Filter.Lt("_id", abandoned), cancellationToken);
        }
    }

    private Task<bool> HasFileAsync(BsonBinaryData file, CancellationToken cancellationToken) =>
        database.AttachmentFiles.Find(Filter.Eq("_id", file)).AnyAsync(cancellationToken);

    [LoggerMessage(1, LogLevel.Warning, "{Count} chunks of an upload that failed could not be removed yet")]
    private partial void LogNotRemoved(int count, Exception exception);
}
