using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Removes attachment files that no message refers to any more: both counters at zero, for a day. Specification
/// section 2.7.
/// </summary>
internal sealed class UnusedAttachments(MailDatabase database, UpkeepIntents intents, TimeProvider time) : IUpkeepTask
{
    private const int BatchSize = 100;
    private static readonly TimeSpan Age = TimeSpan.FromDays(1);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> IdOnly = Builders<BsonDocument>.Projection.Include("_id");

    // A delivery that has just released its references may be retried; its token shows it.
    private static readonly FilterDefinition<BsonDocument> Unused =
        Filter.Eq("metadata.c", 0) & Filter.Eq("metadata.m", 0) & Filter.Exists($"{PendingTokens.Field}.0", false);

    public string Name => "unused-attachments";

    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var unfinished = await intents.ReadAsync(Name, cancellationToken);
        IReadOnlyList<BsonValue> files = unfinished.Count > 0 ? unfinished : await FindAsync(cancellationToken);
        if (files.Count == 0)
        {
            return 0;
        }

        await intents.WriteAsync(Name, files, cancellationToken);
        foreach (var file in files)
        {
            await RemoveAsync(file["_id"], file["chunks"].AsBsonArray, cancellationToken);
        }

        await intents.ClearAsync(Name, cancellationToken);
        return files.Count;
    }

    // The chunks are named before the file goes: an upload of the same bytes that begins then has chunks of its own.
    private async Task<IReadOnlyList<BsonValue>> FindAsync(CancellationToken cancellationToken)
    {
        var since = (time.GetUtcNow() - Age).UtcDateTime;
        var files = await database.AttachmentFiles
            .Find(Unused & (Filter.Lt("metadata.cu", since) | Filter.Eq("metadata.cu", BsonNull.Value)))
            .Limit(BatchSize)
            .Project<BsonDocument>(IdOnly)
            .ToListAsync(cancellationToken);
        foreach (var file in files)
        {
            var chunks = await database.AttachmentChunks
                .Find(Filter.Eq("files_id", file["_id"]))
                .Project<BsonDocument>(IdOnly)
                .ToListAsync(cancellationToken);
            file["chunks"] = new BsonArray(chunks.Select(chunk => chunk["_id"]));
        }

        return files;
    }

    private async Task RemoveAsync(BsonValue file, BsonArray chunks, CancellationToken cancellationToken)
    {
        var result = await database.AttachmentFiles.DeleteOneAsync(Filter.Eq("_id", file) & Unused, cancellationToken);

        // Still there: a message refers to it again. Gone without us: removed before a crash.
        if (result.DeletedCount > 0
            || !await database.AttachmentFiles.Find(Filter.Eq("_id", file)).AnyAsync(cancellationToken))
        {
            await database.AttachmentChunks.DeleteManyAsync(Filter.In("_id", chunks), cancellationToken);
        }
    }
}
