using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// The queue of ZoneMTA, WildDuck's outgoing server: the body in GridFS with the header and envelope as its metadata, and
/// one entry for each recipient, which is what ZoneMTA looks for. It removes an entry that is done, and the file with
/// the last one. Specification section 7.5.
/// </summary>
internal sealed class ZoneMtaQueue(
    MailDatabase database, QueueIdGenerator ids, IOptionsMonitor<StorageOptions> options, TimeProvider time) : IOutgoingQueue
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    public string NewId() => ids.Next();

    public async Task PrepareAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        using var hash = new RelaxedBodyHash();
        var length = message.Source.Length - message.BodyOffset;
        var buffer = new byte[Math.Min(length, ZoneMtaDocuments.ChunkSize)];
        for (var (offset, number) = (0L, 0); offset < length; number++)
        {
            var bytes = buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - offset));
            await message.Source.ReadAsync(message.BodyOffset + offset, bytes, cancellationToken);
            hash.Append(bytes.Span);
            await InsertOnceAsync(
                database.QueueChunks, ZoneMtaDocuments.Chunk(message.Plan.File, number, bytes.ToArray()), cancellationToken);
            offset += bytes.Length;
        }

        await InsertOnceAsync(
            database.QueueFiles, ZoneMtaDocuments.File(message, length, hash.Finish(), time.GetUtcNow()), cancellationToken);
    }

    public Task ReleaseAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken) =>
        InsertEntriesAsync(
            [.. plans.SelectMany(plan => Enumerable.Range(0, plan.Entries.Count).Select(index => Entry(plan, index)))],
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// Entries are inserted in order by one operation. So where the file is gone all of them were there and are done,
    /// and where one of them is there, those before it were, too.
    /// </remarks>
    public async Task ResumeAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken)
    {
        foreach (var plan in plans)
        {
            if (!await database.QueueFiles.Find(Filter.Eq("_id", plan.File)).AnyAsync(cancellationToken))
            {
                continue;
            }

            var found = await database.QueueEntries
                .Find(Filter.In("_id", plan.Entries.Select(entry => entry.Id)))
                .ToListAsync(cancellationToken);
            var there = found.Select(entry => entry["_id"].AsObjectId).ToHashSet();
            var first = plan.Entries.Count - plan.Entries.Reverse().TakeWhile(entry => !there.Contains(entry.Id)).Count();
            await InsertEntriesAsync(
                [.. Enumerable.Range(first, plan.Entries.Count - first).Select(index => Entry(plan, index))], cancellationToken);
        }
    }

    public async Task DiscardAsync(IReadOnlyCollection<OutgoingPlan> plans, CancellationToken cancellationToken)
    {
        var files = plans.Select(plan => plan.File).ToList();
        await database.QueueFiles.DeleteManyAsync(Filter.In("_id", files), cancellationToken);
        await database.QueueChunks.DeleteManyAsync(Filter.In("files_id", files), cancellationToken);
    }

    private static async Task InsertOnceAsync(
        IMongoCollection<BsonDocument> collection, BsonDocument document, CancellationToken cancellationToken)
    {
        try
        {
            await collection.InsertOneAsync(document, cancellationToken: cancellationToken);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // An attempt before this one was as far as that.
        }
    }

    private BsonDocument Entry(OutgoingPlan plan, int index) =>
        ZoneMtaDocuments.Entry(plan, index, options.CurrentValue.SendingZone, time.GetUtcNow());

    private async Task InsertEntriesAsync(List<BsonDocument> entries, CancellationToken cancellationToken)
    {
        while (entries.Count > 0)
        {
            try
            {
                await database.QueueEntries.InsertManyAsync(
                    entries, new InsertManyOptions { IsOrdered = true }, cancellationToken);
                return;
            }
            catch (MongoBulkWriteException<BsonDocument> exception)
                when (exception.WriteConcernError is null
                    && exception.WriteErrors is [{ Category: ServerErrorCategory.DuplicateKey } error])
            {
                // Another server was at it, too; what follows may be missing still.
                entries.RemoveRange(0, error.Index + 1);
            }
        }
    }
}
