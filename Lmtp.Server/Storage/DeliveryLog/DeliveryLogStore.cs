using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>The delivery log, in the database of our own. Entries go when their time has come.</summary>
internal sealed class DeliveryLogStore(MailDatabase database)
{
    public const string CollectionName = "deliverylog";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Log => database.Own.GetCollection<BsonDocument>(CollectionName);

    /// <summary>Adds entries; those that are there already, from an attempt whose answer was lost, stay as they are.</summary>
    public async Task AddAsync(
        IReadOnlyCollection<DeliveryRecord> records, TimeSpan retention, CancellationToken cancellationToken)
    {
        try
        {
            await Log.InsertManyAsync(
                records.Select(record => DeliveryLogDocument.From(record, record.Time + retention)),
                new InsertManyOptions { IsOrdered = false },
                cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
        }
    }

    /// <summary>Reads one entry; null when there is none.</summary>
    public async Task<DeliveryRecord?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await Log.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document
            ? DeliveryLogDocument.Read(document)
            : null;

    /// <summary>Finds entries, the newest first.</summary>
    public async Task<Page<DeliveryRecord>> SearchAsync(
        DeliveryLogQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var documents = await Log
            .Find(ToFilter(query, cursor))
            .Sort(Builders<BsonDocument>.Sort.Descending("_id"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var page = documents.Take(limit).Select(DeliveryLogDocument.Read).ToList();
        return new Page<DeliveryRecord>(
            page, documents.Count > limit ? PageCursor.Encode(page[^1].Id.ToString()) : null);
    }

    private static FilterDefinition<BsonDocument> ToFilter(DeliveryLogQuery query, string? cursor)
    {
        List<FilterDefinition<BsonDocument>> conditions = [.. Texts(query), .. Times(query)];
        if (query.User is { } user)
        {
            conditions.Add(Filter.Eq(DeliveryLogDocument.User, user));
        }

        if (query.Outcomes.Count > 0)
        {
            conditions.Add(Filter.In(DeliveryLogDocument.Outcome, query.Outcomes));
        }

        if (PageCursor.DecodeId(cursor) is { } last)
        {
            conditions.Add(Filter.Lt("_id", last));
        }

        return conditions.Count == 0 ? Filter.Empty : Filter.And(conditions);
    }

    private static IEnumerable<FilterDefinition<BsonDocument>> Texts(DeliveryLogQuery query)
    {
        (string Field, string? Value)[] texts =
        [
            (DeliveryLogDocument.Address, query.Recipient),
            (DeliveryLogDocument.Sender, query.Sender),
            (DeliveryLogDocument.QueueId, query.QueueId),
            (DeliveryLogDocument.MessageId, query.MessageId),
            (DeliveryLogDocument.Session, query.Session),
        ];
        return texts.Where(text => text.Value is not null).Select(text => Filter.Eq(text.Field, text.Value));
    }

    // The id carries the second, so that the index on it finds the time too; the field has the rest.
    private static IEnumerable<FilterDefinition<BsonDocument>> Times(DeliveryLogQuery query)
    {
        if (query.From is { } from)
        {
            yield return Filter.Gte("_id", FirstIdOf(from.ToUnixTimeSeconds()));
            yield return Filter.Gte(DeliveryLogDocument.Time, from.UtcDateTime);
        }

        if (query.Before is { } before)
        {
            yield return Filter.Lt("_id", FirstIdOf(before.ToUnixTimeSeconds() + 1));
            yield return Filter.Lt(DeliveryLogDocument.Time, before.UtcDateTime);
        }
    }

    private static ObjectId FirstIdOf(long unixSeconds)
    {
        var bytes = new byte[12];
        var seconds = (uint)Math.Clamp(unixSeconds, 0, uint.MaxValue);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, seconds);
        return new ObjectId(bytes);
    }
}
