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
    /// Notes that a sender is answered because of a message; false when the sender was answered within the interval
    /// because of another one. Messages are told apart by their ids: two may be received in the same millisecond.
    /// </summary>
    public async Task<bool> TryAddAsync(
        ObjectId autoreply, string sender, ObjectId message, TimeSpan interval, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await Senders.UpdateOneAsync(
                Filter.Eq("_id", IdOf(autoreply, sender)) & Filter.Lte("expireAt", now.UtcDateTime),
                Builders<BsonDocument>.Update
                    .Set("message", message)
                    .Set("expireAt", (now + interval).UtcDateTime),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // There is one that counts still; it may be that of an earlier attempt at the same message.
            return await Senders.Find(NotedFor(autoreply, sender, message)).AnyAsync(cancellationToken);
        }
    }

    /// <summary>Takes back what was noted because of a message that came to nothing.</summary>
    public Task RemoveAsync(ObjectId autoreply, string sender, ObjectId message, CancellationToken cancellationToken) =>
        Senders.DeleteOneAsync(NotedFor(autoreply, sender, message), cancellationToken);

    private static FilterDefinition<BsonDocument> NotedFor(ObjectId autoreply, string sender, ObjectId message) =>
        Filter.Eq("_id", IdOf(autoreply, sender)) & Filter.Eq("message", message);

    private static string IdOf(ObjectId autoreply, string sender) => $"{autoreply}:{sender}";
}
