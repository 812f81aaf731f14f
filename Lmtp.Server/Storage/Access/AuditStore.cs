using Lmtp.Contracts;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Access;

/// <summary>The audit log. Nothing changes an entry; what is too old, MongoDB deletes.</summary>
internal sealed class AuditStore(MailDatabase database)
{
    public const string CollectionName = "auditlog";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    private static readonly ProjectionDefinition<BsonDocument> WithoutStates =
        Builders<BsonDocument>.Projection.Exclude("request").Exclude("before").Exclude("after");

    private static readonly ProjectionDefinition<BsonDocument> Everything = new BsonDocument();

    private IMongoCollection<BsonDocument> Entries =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    public Task AddAsync(AuditRecord record, TimeSpan retention, CancellationToken cancellationToken) =>
        Entries.InsertOneAsync(
            new BsonDocument
            {
                { "_id", record.Id },
                { "time", record.Time.UtcDateTime },
                { "actor", record.Actor },
                { "actorKind", OrNull(record.ActorKind?.ToString()) },
                { "actorId", OrNull(record.ActorId) },
                { "remoteAddress", OrNull(record.RemoteAddress) },
                { "operation", record.Operation },
                { "path", record.Path },
                { "targets", new BsonArray(record.Targets) },
                { "request", OrNull(record.Request) },
                { "before", OrNull(record.Before) },
                { "after", OrNull(record.After) },
                { "traceId", OrNull(record.TraceId) },
                { "expireAt", (record.Time + retention).UtcDateTime },
            },
            cancellationToken: cancellationToken);

    /// <summary>Searches the log, the newest entries first.</summary>
    public async Task<Page<AuditRecord>> SearchAsync(
        AuditQuery query, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = ToFilter(query);
        if (PageCursor.DecodeId(cursor) is { } before)
        {
            filter &= Filter.Lt("_id", before);
        }

        var documents = await Entries.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Descending("_id"))
            .Limit(limit + 1)
            .Project<BsonDocument>(query.WithStates ? Everything : WithoutStates)
            .ToListAsync(cancellationToken);
        var records = documents.Take(limit).Select(Read).ToList();
        return new Page<AuditRecord>(records, documents.Count > limit ? PageCursor.Encode(records[^1].Id.ToString()) : null);
    }

    /// <summary>Reads an entry; null when there is none.</summary>
    public async Task<AuditRecord?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await Entries.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document ? Read(document) : null;

    private static FilterDefinition<BsonDocument> ToFilter(AuditQuery query)
    {
        var filter = FilterDefinition<BsonDocument>.Empty;
        filter &= query.Actor is null ? FilterDefinition<BsonDocument>.Empty : Filter.Eq("actor", query.Actor);
        filter &= query.Operation is null ? FilterDefinition<BsonDocument>.Empty : Filter.Eq("operation", query.Operation);
        filter &= query.Target is null ? FilterDefinition<BsonDocument>.Empty : Filter.Eq("targets", query.Target);
        filter &= query.From is { } from ? Filter.Gte("time", from.UtcDateTime) : FilterDefinition<BsonDocument>.Empty;
        return filter & (query.Before is { } before ? Filter.Lt("time", before.UtcDateTime) : FilterDefinition<BsonDocument>.Empty);
    }

    private static BsonValue OrNull(string? text) => text is null ? BsonNull.Value : new BsonString(text);

    private static AuditRecord Read(BsonDocument document) => new()
    {
        Id = document["_id"].AsObjectId,
        Time = document.TimeOrDefault("time"),
        Actor = document.StringOrEmpty("actor"),
        ActorKind = Enum.TryParse<ActorKind>(document.StringOrNull("actorKind"), out var kind) ? kind : null,
        ActorId = document.StringOrNull("actorId"),
        RemoteAddress = document.StringOrNull("remoteAddress"),
        Operation = document.StringOrEmpty("operation"),
        Path = document.StringOrEmpty("path"),
        Targets = document.Strings("targets"),
        Request = document.StringOrNull("request"),
        Before = document.StringOrNull("before"),
        After = document.StringOrNull("after"),
        TraceId = document.StringOrNull("traceId"),
    };
}
