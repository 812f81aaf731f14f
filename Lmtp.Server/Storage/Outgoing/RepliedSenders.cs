using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Outgoing;

/// <summary>
/// Whom our servers' autoreplies have answered lately, in the database of our own: kept beside WildDuck's record in Redis,
/// which may be away. Entries go when the interval is over.
/// </summary>
internal sealed class RepliedSenders(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "repliedsenders";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Senders =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>
    /// Notes that a sender is answered because of a message received at this time; false when the sender was answered
    /// within the interval because of another one.
    /// </summary>
    public async Task<bool> TryAddAsync(
        ObjectId autoreply, string sender, DateTimeOffset received, TimeSpan interval, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await Senders.UpdateOneAsync(
                Filter.Eq("_id", IdOf(autoreply, sender)) & Filter.Lte("expireAt", now.UtcDateTime),
                Builders<BsonDocument>.Update
                    .Set("received", received.UtcDateTime)
                    .Set("expireAt", (now + interval).UtcDateTime),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // There is one that counts still; it may be that of an earlier attempt at the same message.
            return await Senders.Find(NotedFor(autoreply, sender, received)).AnyAsync(cancellationToken);
        }
    }

    /// <summary>Takes back what was noted because of a message that came to nothing.</summary>
    public Task RemoveAsync(ObjectId autoreply, string sender, DateTimeOffset received, CancellationToken cancellationToken) =>
        Senders.DeleteOneAsync(NotedFor(autoreply, sender, received), cancellationToken);

    private static FilterDefinition<BsonDocument> NotedFor(ObjectId autoreply, string sender, DateTimeOffset received) =>
        Filter.Eq("_id", IdOf(autoreply, sender)) & Filter.Eq("received", received.UtcDateTime);

    private static string IdOf(ObjectId autoreply, string sender) => $"{autoreply}:{sender}";
}
