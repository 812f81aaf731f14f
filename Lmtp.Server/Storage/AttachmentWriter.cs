using Lmtp.Server.Mime;
using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Writes attachment files, the chunks of each before it, in batches that hold as many bytes as some chunks have.
/// Specification section 2.7.
/// </summary>
internal sealed partial class AttachmentWriter(
    MailDatabase database, AttachmentCounts files, TimeProvider time, ILogger<AttachmentWriter> logger)
{
    /// <summary>The bytes after which a batch is written. One delivery holds about as much in memory.</summary>
    public const int BatchBytes = 4 * AttachmentUpload.ChunkSize;

    // The delivery that brought a chunk in. Chunks without a file that a dead delivery left are found by it; WildDuck
    // ignores the field.
    private const string UploadField = "lmtp.upload";

    // About what a document takes beside its data, and a key in it.
    private const int DocumentBytes = 512;
    private const int KeyBytes = 48;

    private static readonly TimeSpan OrphanAge = TimeSpan.FromMinutes(30);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly InsertManyOptions Unordered = new() { IsOrdered = false };

    /// <summary>
    /// Stores files with their first references; returns those that someone else stores or stored, which are then to be
    /// looked for again.
    /// </summary>
    /// <param name="source">The message.</param>
    /// <param name="wanted">The files.</param>
    /// <param name="contentHashes">Takes the digests of the stored bytes in base64, by the number of the attachment.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<List<AttachmentToStore>> StoreAsync(
        IMessageSource source,
        IReadOnlyList<AttachmentToStore> wanted,
        Dictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        var uploads = wanted.Select(file => new PendingUpload(file, new AttachmentUpload(file.Attachment, source))).ToList();
        var batch = new List<(PendingUpload Upload, BsonDocument Chunk)>();
        var (written, begun, bytes) = (0, 0, 0);
        try
        {
            foreach (var upload in uploads)
            {
                begun++;
                await foreach (var chunk in upload.Upload.ReadChunksAsync(cancellationToken))
                {
                    Add(chunk, upload);
                    if (bytes >= BatchBytes)
                    {
                        await WriteAsync();
                    }

                    if (upload.IsContested)
                    {
                        break;
                    }
                }

                upload.IsRead = !upload.IsContested;
                bytes += DocumentBytes + (KeyBytes * upload.File.Reference.Keys.Count);
            }

            await WriteAsync();
        }
        finally
        {
            await RemoveChunksAsync(uploads.Take(begun).Where(upload => !upload.IsKept));
        }

        foreach (var upload in uploads.Where(upload => !upload.IsContested))
        {
            contentHashes[upload.File.Attachment.Id] = upload.Upload.ContentHash!;
        }

        return [.. uploads.Where(upload => upload.IsContested).Select(upload => upload.File)];

        void Add(BsonDocument chunk, PendingUpload upload)
        {
            chunk.Add("lmtp", new BsonDocument("upload", upload.File.Reference.Keys[0]));
            upload.Chunks.Add(chunk["_id"].AsObjectId);
            batch.Add((upload, chunk));
            bytes += DocumentBytes + chunk["data"].AsBsonBinaryData.Bytes.Length;
        }

        async Task WriteAsync()
        {
            await WriteChunksAsync(batch, cancellationToken);
            batch.Clear();
            bytes = 0;
            var ready = uploads.Skip(written).Take(begun - written).TakeWhile(upload => upload.IsRead || upload.IsContested).ToList();
            written += ready.Count;
            await WriteFilesAsync(ready.FindAll(upload => !upload.IsContested), cancellationToken);
        }
    }

    /// <summary>The deliveries that brought in chunks of these files.</summary>
    public async Task<HashSet<BsonBinaryData>> FindUploadsAsync(
        IReadOnlyCollection<BsonBinaryData> contested, CancellationToken cancellationToken)
    {
        var chunks = await database.AttachmentChunks.Find(Filter.In("files_id", contested))
            .Project(Builders<BsonDocument>.Projection.Include(UploadField))
            .ToListAsync(cancellationToken);
        return [.. chunks
            .Select(chunk => chunk.DocumentOrNull("lmtp")?.GetValue("upload", BsonNull.Value))
            .OfType<BsonBinaryData>()];
    }

    /// <summary>
    /// Removes the chunks of uploads that these deliveries began and nobody will end. Nothing happens to those of files
    /// that are there: then they are their content.
    /// </summary>
    public Task RemoveUnfinishedAsync(
        IReadOnlyCollection<BsonBinaryData> candidates, IEnumerable<BsonBinaryData> keys, CancellationToken cancellationToken) =>
        RemoveWithoutFileAsync(candidates, Filter.In(UploadField, keys), cancellationToken);

    /// <summary>Removes what is so old that no upload goes on with it: WildDuck's own, of a process that died.</summary>
    public Task RemoveOrphansAsync(IReadOnlyCollection<BsonBinaryData> candidates, CancellationToken cancellationToken) =>
        RemoveWithoutFileAsync(
            candidates,
            Filter.Lt("_id", ObjectId.GenerateNewId(time.GetUtcNow().UtcDateTime - OrphanAge)),
            cancellationToken);

    private async Task RemoveWithoutFileAsync(
        IReadOnlyCollection<BsonBinaryData> candidates, FilterDefinition<BsonDocument> chunks, CancellationToken cancellationToken)
    {
        var there = await files.FindAsync(candidates, cancellationToken);
        var unfinished = candidates.Where(file => !there.Contains(file)).ToList();
        if (unfinished.Count > 0)
        {
            await database.AttachmentChunks.DeleteManyAsync(Filter.In("files_id", unfinished) & chunks, cancellationToken);
        }
    }

    private async Task WriteChunksAsync(
        List<(PendingUpload Upload, BsonDocument Chunk)> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await database.AttachmentChunks.InsertManyAsync(batch.Select(entry => entry.Chunk), Unordered, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> exception) when (IsThereAlready(exception))
        {
            foreach (var error in exception.WriteErrors)
            {
                batch[error.Index].Upload.IsContested = true;
            }
        }
    }

    private async Task WriteFilesAsync(List<PendingUpload> ready, CancellationToken cancellationToken)
    {
        if (ready.Count == 0)
        {
            return;
        }

        // A file without chunks would be lost mail: from here on they stay unless the database says that there is none.
        ready.ForEach(upload => upload.IsKept = true);
        try
        {
            await database.AttachmentFiles.InsertManyAsync(ready.Select(FileOf), Unordered, cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> exception) when (exception.WriteConcernError is null)
        {
            foreach (var error in exception.WriteErrors)
            {
                var upload = ready[error.Index];
                upload.IsContested = error.Category == ServerErrorCategory.DuplicateKey;
                upload.IsKept = upload.IsContested && !await HasSecondSetAsync(upload, cancellationToken);
            }

            if (!IsThereAlready(exception))
            {
                throw;
            }
        }
        catch (Exception exception) when (!DatabaseFailure.MayHaveBeenDone(exception))
        {
            ready.ForEach(upload => upload.IsKept = false);
            throw;
        }
    }

    private BsonDocument FileOf(PendingUpload upload)
    {
        var reference = upload.File.Reference;
        var file = upload.Upload.CreateFile(reference.Count, reference.Magic, time.GetUtcNow().UtcDateTime);
        file.Add("lmtp", new BsonDocument("pending", new BsonArray(reference.Keys)));
        return file;
    }

    private static bool IsThereAlready(MongoBulkWriteException<BsonDocument> exception) =>
        exception.WriteConcernError is null
        && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey);

    // Ours stay unless the chunks of the other upload are there as well.
    private Task<bool> HasSecondSetAsync(PendingUpload upload, CancellationToken cancellationToken) =>
        database.AttachmentChunks
            .Find(Filter.Eq("files_id", upload.Upload.Id) & Filter.Nin("_id", upload.Chunks))
            .AnyAsync(cancellationToken);

    // What stays here is found by its delivery's key later.
    private async Task RemoveChunksAsync(IEnumerable<PendingUpload> uploads)
    {
        var chunks = uploads.SelectMany(upload => upload.Chunks).ToList();
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

    [LoggerMessage(1, LogLevel.Warning, "{Count} chunks of an upload that failed could not be removed yet")]
    private partial void LogNotRemoved(int count, Exception exception);
}
