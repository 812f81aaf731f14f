using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>What a task is about to remove, written down before it begins, so that a crash in the middle is made good.</summary>
internal sealed class UpkeepIntents(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Collection =>
        database.Own.GetCollection<BsonDocument>(UpkeepLease.CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>The batch that was begun and not completed; empty when there is none.</summary>
    public async Task<IReadOnlyList<BsonValue>> ReadAsync(string task, CancellationToken cancellationToken)
    {
        var document = await Collection.Find(Filter.Eq("_id", task)).FirstOrDefaultAsync(cancellationToken);
        return document?.GetValue("items", BsonNull.Value) is BsonArray items ? [.. items] : [];
    }

    /// <summary>Notes a batch that is about to begin.</summary>
    public Task WriteAsync(string task, IEnumerable<BsonValue> items, CancellationToken cancellationToken) =>
        Collection.UpdateOneAsync(
            Filter.Eq("_id", task),
            Builders<BsonDocument>.Update.Set("items", new BsonArray(items)),
            new UpdateOptions { IsUpsert = true },
            cancellationToken);

    /// <summary>Notes that the batch is complete.</summary>
    public Task ClearAsync(string task, CancellationToken cancellationToken) =>
        Collection.DeleteOneAsync(Filter.Eq("_id", task), cancellationToken);
}
