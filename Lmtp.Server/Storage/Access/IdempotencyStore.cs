using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Access;

/// <summary>Remembers creations by the callers' keys, so that a repeated request makes nothing twice.</summary>
internal sealed class IdempotencyStore(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "idempotency";

    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>How long a request may be under way before another one may take its place: its server must have died.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Requests =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>Begins a request: null when it is this caller's to carry out, else what is known of the earlier one.</summary>
    public async Task<IdempotencyRecord?> BeginAsync(byte[] id, byte[] body, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await Requests.InsertOneAsync(NewDocument(id, body, now), cancellationToken: cancellationToken);
            return null;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return await FindOrTakeOverAsync(id, body, now, cancellationToken);
        }
    }

    /// <summary>Keeps the answer.</summary>
    public Task CompleteAsync(byte[] id, int status, string? location, byte[]? answer, CancellationToken cancellationToken) =>
        Requests.UpdateOneAsync(
            Filter.Eq("_id", new BsonBinaryData(id)),
            Builders<BsonDocument>.Update
                .Set("status", status)
                .Set("location", location is null ? BsonNull.Value : (BsonValue)location)
                .Set("answer", answer is null ? BsonNull.Value : (BsonValue)new BsonBinaryData(answer)),
            cancellationToken: cancellationToken);

    /// <summary>Forgets a request that came to nothing, so that it can be made again.</summary>
    public Task ForgetAsync(byte[] id, CancellationToken cancellationToken) =>
        Requests.DeleteOneAsync(Filter.Eq("_id", new BsonBinaryData(id)), cancellationToken);

    private static BsonDocument NewDocument(byte[] id, byte[] body, DateTimeOffset now) => new()
    {
        { "_id", new BsonBinaryData(id) },
        { "body", new BsonBinaryData(body) },
        { "status", BsonNull.Value },
        { "leaseUntil", (now + Lease).UtcDateTime },
        { "expireAt", (now + Retention).UtcDateTime },
    };

    private async Task<IdempotencyRecord?> FindOrTakeOverAsync(
        byte[] id, byte[] body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var key = Filter.Eq("_id", new BsonBinaryData(id));
        var abandoned = key
            & ((Filter.Eq("status", BsonNull.Value) & Filter.Lt("leaseUntil", now.UtcDateTime)) | Filter.Lt("expireAt", now.UtcDateTime));
        var taken = await Requests.ReplaceOneAsync(abandoned, NewDocument(id, body, now), cancellationToken: cancellationToken);
        if (taken.ModifiedCount > 0)
        {
            return null;
        }

        // One that has just been forgotten counts as under way: the caller tries again.
        var document = await Requests.Find(key).FirstOrDefaultAsync(cancellationToken);
        return document is null ? new IdempotencyRecord(body, null, null, null) : Read(document);
    }

    private static IdempotencyRecord Read(BsonDocument document) => new(
        document.GetValue("body", BsonNull.Value) is BsonBinaryData body ? body.Bytes : [],
        (int?)document.NumberOrNull("status"),
        document.StringOrNull("location"),
        (document.GetValue("answer", BsonNull.Value) as BsonBinaryData)?.Bytes);
}
