using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Counts references on attachment files that are there: those of a message by one look-up and, for files that it uses
/// equally often, by one operation. Specification section 2.7.
/// </summary>
internal sealed class AttachmentCounts(MailDatabase database, TimeProvider time)
{
    // Keeps a command far below the 48 MB that a server takes.
    private const int MaxFiles = 10_000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Takes the references on the files that are there; returns those that are not.</summary>
    public async Task<List<AttachmentToStore>> AddAsync(
        IReadOnlyList<AttachmentToStore> files, CancellationToken cancellationToken)
    {
        var absent = new List<AttachmentToStore>();
        foreach (var some in files.Chunk(MaxFiles))
        {
            var there = await FindAsync(some.Select(file => file.Reference.Use.File), cancellationToken);
            var groups = some
                .Where(file => there.Contains(file.Reference.Use.File))
                .Select(file => file.Reference)
                .GroupBy(reference => reference.Use.Count)
                .ToList();
            foreach (var group in groups)
            {
                var counted = await AddToAllAsync([.. group], cancellationToken);
                there.ExceptWith(group.Select(reference => reference.Use.File).Where(file => !counted.Contains(file)));
            }

            absent.AddRange(some.Where(file => !there.Contains(file.Reference.Use.File)));
        }

        return absent;
    }

    /// <summary>Takes the references of a delivery that are not counted, on the files that are there.</summary>
    public async Task AddAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        foreach (var group in plan.Attachments.GroupBy(use => use.Count))
        {
            foreach (var some in group.Chunk(MaxFiles))
            {
                await database.AttachmentFiles.UpdateManyAsync(
                    Filter.In("_id", some.Select(use => use.File)) & PendingTokens.Lacks(key),
                    Change(group.Key, plan.Magic).Push(PendingTokens.Field, key),
                    cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>
    /// Counts the references of a stored message for good, on the files that are there: those that are counted now, and
    /// those that somebody has taken back. To be repeated at will while the settled tokens are there.
    /// </summary>
    public async Task SettleAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        foreach (var group in plan.Attachments.GroupBy(use => use.Count))
        {
            foreach (var some in group.Chunk(MaxFiles))
            {
                var files = Filter.In("_id", some.Select(use => use.File));
                do
                {
                    await database.AttachmentFiles.UpdateManyAsync(
                        files & Filter.Eq(PendingTokens.Field, key),
                        Update.Pull(PendingTokens.Field, key).Push(PendingTokens.SettledField, key),
                        cancellationToken: cancellationToken);
                    await database.AttachmentFiles.UpdateManyAsync(
                        files & PendingTokens.Lacks(key),
                        Change(group.Key, plan.Magic).Push(PendingTokens.SettledField, key),
                        cancellationToken: cancellationToken);
                }
                while (await database.AttachmentFiles.Find(files & Filter.Ne(PendingTokens.SettledField, key)).AnyAsync(cancellationToken));
            }
        }
    }

    /// <summary>Takes back what a delivery has counted and not settled; false where some of its files are not there or not counted.</summary>
    public Task<bool> TakeBackAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        TakeBackAsync(PendingTokens.Field, plan, key, cancellationToken);

    /// <summary>Takes back what a delivery has settled once too often.</summary>
    public Task TakeBackSettledAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        TakeBackAsync(PendingTokens.SettledField, plan, key, cancellationToken);

    /// <summary>Those of the files that are there.</summary>
    public Task<HashSet<BsonBinaryData>> FindAsync(
        IEnumerable<BsonBinaryData> files, CancellationToken cancellationToken) =>
        FindAsync(files, Filter.Empty, cancellationToken);

    private async Task<bool> TakeBackAsync(
        string field, DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        var isComplete = true;
        foreach (var group in plan.Attachments.GroupBy(use => use.Count))
        {
            foreach (var some in group.Chunk(MaxFiles))
            {
                var result = await database.AttachmentFiles.UpdateManyAsync(
                    Filter.In("_id", some.Select(use => use.File)) & Filter.Eq(field, key),
                    Change(-group.Key, plan.Magic).Pull(field, key),
                    cancellationToken: cancellationToken);
                isComplete &= result.MatchedCount == some.Length;
            }
        }

        return isComplete;
    }

    private async Task<HashSet<BsonBinaryData>> FindAsync(
        IEnumerable<BsonBinaryData> files, FilterDefinition<BsonDocument> further, CancellationToken cancellationToken)
    {
        var there = new HashSet<BsonBinaryData>();
        foreach (var some in files.Chunk(MaxFiles))
        {
            var documents = await database.AttachmentFiles.Find(Filter.In("_id", some) & further)
                .Project(Builders<BsonDocument>.Projection.Include("_id"))
                .ToListAsync(cancellationToken);
            there.UnionWith(documents.Select(document => document["_id"].AsBsonBinaryData));
        }

        return there;
    }

    // In the usual case, in which none of the keys was counted, this is one operation. Returns the files that are counted:
    // one that nobody used may have been removed in the meantime.
    private async Task<HashSet<BsonBinaryData>> AddToAllAsync(
        IReadOnlyList<AttachmentReference> references, CancellationToken cancellationToken)
    {
        var (first, keys) = (references[0], references[0].Keys);
        var files = references.Select(reference => reference.Use.File).ToHashSet();
        var result = await database.AttachmentFiles.UpdateManyAsync(
            Filter.In("_id", files) & Filter.Nin(PendingTokens.Field, keys) & Filter.Nin(PendingTokens.SettledField, keys),
            Update.Combine(Change(first.Count, first.Magic), Update.PushEach(PendingTokens.Field, keys)),
            cancellationToken: cancellationToken);
        if (result.MatchedCount == files.Count)
        {
            return files;
        }

        foreach (var key in keys)
        {
            await database.AttachmentFiles.UpdateManyAsync(
                Filter.In("_id", files) & PendingTokens.Lacks(key),
                Change(first.Use.Count, first.Magic).Push(PendingTokens.Field, key),
                cancellationToken: cancellationToken);
        }

        return await FindAsync(
            files,
            Filter.Eq(PendingTokens.Field, keys[^1]) | Filter.Eq(PendingTokens.SettledField, keys[^1]),
            cancellationToken);
    }

    private UpdateDefinition<BsonDocument> Change(int count, int magic) => Update
        .Inc("metadata.c", count)
        .Inc("metadata.m", AttachmentReference.MagicOf(count, magic))
        .Set("metadata.cu", time.GetUtcNow().UtcDateTime);
}
