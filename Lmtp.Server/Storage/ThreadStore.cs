using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Finds the thread of a message. Specification section 4.3.</summary>
internal sealed class ThreadStore(MailDatabase database, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Joins the thread that shares a message id and the subject, or begins a new one. Two messages that begin the same
    /// thread at the same instant may begin two, as in WildDuck.
    /// </summary>
    public async Task<ObjectId> JoinAsync(
        ObjectId user, IReadOnlyList<string> ids, string subject, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (ids.Count > 0)
        {
            var thread = await database.Threads.FindOneAndUpdateAsync(
                Filter.Eq("user", user) & Filter.In("ids", ids) & Filter.Eq("subject", subject),
                Builders<BsonDocument>.Update.AddToSetEach("ids", ids).Set("updated", now),
                new FindOneAndUpdateOptions<BsonDocument>
                {
                    ReturnDocument = ReturnDocument.After,
                    Projection = Builders<BsonDocument>.Projection.Include("_id"),
                },
                cancellationToken);
            if (thread is not null)
            {
                return thread["_id"].AsObjectId;
            }
        }

        var id = ObjectId.GenerateNewId();
        await database.Threads.InsertOneAsync(
            new BsonDocument
            {
                { "_id", id },
                { "user", user },
                { "ids", Identifiers(ids) },
                { "subject", subject },
                { "updated", now },
            },
            cancellationToken: cancellationToken);
        return id;
    }

    // WildDuck's upsert fills an array that is not there yet: all but a single id come after a null, which matches nothing.
    private static BsonArray Identifiers(IReadOnlyList<string> ids) =>
        ids.Count == 1 ? new BsonArray(ids) : new BsonArray(ids.Select(id => (BsonValue)id).Prepend(BsonNull.Value));
}
