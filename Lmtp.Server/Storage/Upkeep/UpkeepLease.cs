using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>Lets one of several servers do the upkeep at a time. A server that dies loses it after a while.</summary>
internal sealed class UpkeepLease(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "upkeep";

    private const string Id = "lease";
    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(5);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    private IMongoCollection<BsonDocument> Collection =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>Takes the lease, or prolongs it; false while another server has it.</summary>
    public async Task<bool> TryHoldAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            // Where another server holds it, the filter does not match and the insert meets its document.
            await Collection.UpdateOneAsync(
                Filter.Eq("_id", Id) & (Filter.Eq("owner", _owner) | Filter.Lt("until", now.UtcDateTime)),
                Builders<BsonDocument>.Update.Set("owner", _owner).Set("until", (now + Duration).UtcDateTime),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Gives it back, if it is ours.</summary>
    public Task ReleaseAsync(CancellationToken cancellationToken) =>
        Collection.DeleteOneAsync(Filter.Eq("_id", Id) & Filter.Eq("owner", _owner), cancellationToken);
}
