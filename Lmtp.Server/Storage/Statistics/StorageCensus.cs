using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Statistics;

/// <summary>Counts what is stored. One server does it for all, because sums go over every user and every attachment.</summary>
internal sealed class StorageCensus(MailDatabase database, TimeProvider time)
{
    private const string Id = "storage";
    private const string DueAt = "dueAt";
    private const string CountedAt = "countedAt";

    /// <summary>Counting may take this part of the time, however much there is to count.</summary>
    private const int LargestShare = 20;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private IMongoCollection<BsonDocument> Statistics => database.Own.GetCollection<BsonDocument>(StatisticsStore.CollectionName);

    /// <summary>The last count and its time; null before the first one.</summary>
    public async Task<(DateTimeOffset Time, StorageSample Sample)?> ReadAsync(CancellationToken cancellationToken)
    {
        var document = await Statistics.Find(Filter.Eq("_id", Id)).FirstOrDefaultAsync(cancellationToken);
        return document?.TimeOrNull(CountedAt) is { } counted
            ? (counted, StatisticsDocument.ReadSample(document.DocumentOrNull(StatisticsDocument.Storage) ?? []))
            : null;
    }

    /// <summary>Counts when it is due; returns null when it is not, or when another server does it.</summary>
    public async Task<StorageSample?> CountIfDueAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        if (!await TakeTurnAsync(interval, cancellationToken))
        {
            return null;
        }

        var start = time.GetTimestamp();
        var sample = new StorageSample(
            await database.Users.EstimatedDocumentCountAsync(cancellationToken: cancellationToken),
            await database.Messages.EstimatedDocumentCountAsync(cancellationToken: cancellationToken),
            await SumAsync(database.Users, "storageUsed", cancellationToken),
            await database.AttachmentFiles.EstimatedDocumentCountAsync(cancellationToken: cancellationToken),
            await SumAsync(database.AttachmentFiles, "length", cancellationToken));
        var pause = time.GetElapsedTime(start) * LargestShare;
        var now = time.GetUtcNow();
        await Statistics.UpdateOneAsync(
            Filter.Eq("_id", Id),
            Update.Set(CountedAt, now.UtcDateTime)
                .Set(DueAt, (now + (pause > interval ? pause : interval)).UtcDateTime)
                .Set(StatisticsDocument.Storage, StatisticsDocument.ToBson(sample)),
            cancellationToken: cancellationToken);
        return sample;
    }

    private static async Task<long> SumAsync(IMongoCollection<BsonDocument> collection, string field, CancellationToken cancellationToken)
    {
        var found = await collection.Aggregate()
            .Group<BsonDocument>(new BsonDocument { { "_id", BsonNull.Value }, { "sum", new BsonDocument("$sum", $"${field}") } })
            .FirstOrDefaultAsync(cancellationToken);
        return found?.Number("sum") ?? 0;
    }

    private async Task<bool> TakeTurnAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            var result = await Statistics.UpdateOneAsync(
                Filter.Eq("_id", Id) & Filter.Lte(DueAt, now.UtcDateTime),
                Update.Set(DueAt, (now + interval).UtcDateTime),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return result.ModifiedCount > 0 || result.UpsertedId is not null;
        }
        catch (MongoWriteException exception) when (exception.WriteError.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }
}
