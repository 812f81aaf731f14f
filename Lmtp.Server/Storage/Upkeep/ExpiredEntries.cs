using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Removes what the expiring indexes of the layout are for: journal entries, threads, claims. Where the database has
/// these indexes it finds nothing; where they cannot be made, it does their work.
/// </summary>
internal sealed class ExpiredEntries(MailDatabase database, TimeProvider time) : IUpkeepTask
{
    private const int BatchSize = 1000;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    // The database's own expiry may be some minutes late; what it is about to remove is not fetched for nothing.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    public string Name => "expired-entries";

    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var index in IndexCatalog.All.Where(index => index.ExpireAfterSeconds is not null))
        {
            var until = time.GetUtcNow() - TimeSpan.FromSeconds(index.ExpireAfterSeconds!.Value) - Grace;
            var collection = database.CollectionOf(index);
            var entries = await collection
                .Find(Filter.Lt(index.KeyDocument().GetElement(0).Name, until.UtcDateTime))
                .Limit(BatchSize)
                .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id"))
                .ToListAsync(cancellationToken);
            if (entries.Count > 0)
            {
                var result = await collection.DeleteManyAsync(
                    Filter.In("_id", entries.Select(entry => entry["_id"])), cancellationToken);
                removed += (int)result.DeletedCount;
            }
        }

        return removed;
    }
}
