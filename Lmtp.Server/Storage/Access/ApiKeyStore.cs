using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Access;

/// <summary>The API keys that were made by the API. Revoked ones stay, so that the audit log's names lead somewhere.</summary>
internal sealed class ApiKeyStore(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "apikeys";

    /// <summary>How exact the time of the last use is.</summary>
    public static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private IMongoCollection<BsonDocument> Keys =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    public Task AddAsync(ApiKeyRecord key, CancellationToken cancellationToken) =>
        Keys.InsertOneAsync(
            new BsonDocument
            {
                { "_id", key.Id },
                { "name", key.Name },
                { "scope", key.Scope },
                { "digest", new BsonBinaryData(key.Digest) },
                { "createdBy", key.CreatedBy },
                { "created", key.Created.UtcDateTime },
                { "expires", Time(key.Expires) },
                { "revoked", BsonNull.Value },
                { "lastUsed", BsonNull.Value },
            },
            cancellationToken: cancellationToken);

    /// <summary>Reads a key, revoked or not; null when there is none.</summary>
    public async Task<ApiKeyRecord?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await Keys.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document ? Read(document) : null;

    /// <summary>Lists the keys, the newest first.</summary>
    public async Task<Page<ApiKeyRecord>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = PageCursor.DecodeId(cursor) is { } before
            ? Filter.Lt("_id", before)
            : FilterDefinition<BsonDocument>.Empty;
        var documents = await Keys.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Descending("_id"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var keys = documents.Take(limit).Select(Read).ToList();
        return new Page<ApiKeyRecord>(keys, documents.Count > limit ? PageCursor.Encode(keys[^1].Id.ToString()) : null);
    }

    /// <summary>Revokes a key at once and for ever; null when there is no such key, or it was revoked already.</summary>
    public async Task<ApiKeyRecord?> RevokeAsync(ObjectId id, CancellationToken cancellationToken)
    {
        var document = await Keys.FindOneAndUpdateAsync(
            Filter.Eq("_id", id) & Filter.Eq("revoked", BsonNull.Value),
            Builders<BsonDocument>.Update.Set("revoked", time.GetUtcNow().UtcDateTime),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
        return document is null ? null : Read(document);
    }

    /// <summary>Notes that a key is used, unless that was noted within <see cref="UseResolution"/>.</summary>
    public async Task NoteUseAsync(ApiKeyRecord key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (key.LastUsed is { } last && now - last < UseResolution)
        {
            return;
        }

        await Keys.UpdateOneAsync(
            Filter.Eq("_id", key.Id),
            Builders<BsonDocument>.Update.Max("lastUsed", now.UtcDateTime),
            cancellationToken: cancellationToken);
    }

    private static BsonValue Time(DateTimeOffset? value) => value is { } given ? given.UtcDateTime : BsonNull.Value;

    private static ApiKeyRecord Read(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        Name = document.StringOrEmpty("name"),
        Scope = document.StringOrEmpty("scope"),
        Digest = document.GetValue("digest", BsonNull.Value) is BsonBinaryData digest ? digest.Bytes : [],
        CreatedBy = document.StringOrEmpty("createdBy"),
        Created = document.TimeOrDefault("created"),
        Expires = document.TimeOrNull("expires"),
        Revoked = document.TimeOrNull("revoked"),
        LastUsed = document.TimeOrNull("lastUsed"),
    };
}
