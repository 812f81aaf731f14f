using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Quotas;

/// <summary>
/// The recalculations of many users, in our own database: any server may go on where another one stopped, and whoever asked
/// can see how far it is. One is under way at a time.
/// </summary>
internal sealed class QuotaRunStore(MailDatabase database, TimeProvider time)
{
    public const string CollectionName = "quotaruns";

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;
    private static readonly FilterDefinition<BsonDocument> IsOpen = Filter.Eq("open", true);

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    private IMongoCollection<BsonDocument> Runs =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>Asks for a run; null while another one is under way.</summary>
    public async Task<QuotaRun?> AddAsync(string? domain, CancellationToken cancellationToken)
    {
        var document = new BsonDocument
        {
            { "_id", ObjectId.GenerateNewId() },
            { "domain", domain is null ? BsonNull.Value : domain },
            { "open", true },
            { "state", nameof(QuotaRunState.Waiting).ToLowerInvariant() },
            { "created", time.GetUtcNow().UtcDateTime },
            { "leaseUntil", DateTime.UnixEpoch },
        };
        try
        {
            await Runs.InsertOneAsync(document, cancellationToken: cancellationToken);
            return QuotaRun.From(document);
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return null;
        }
    }

    /// <summary>Reads a run; null when there is none.</summary>
    public async Task<QuotaRun?> GetAsync(ObjectId id, CancellationToken cancellationToken) =>
        await Runs.Find(Filter.Eq("_id", id)).FirstOrDefaultAsync(cancellationToken) is { } document ? QuotaRun.From(document) : null;

    /// <summary>Lists runs, the newest first.</summary>
    public async Task<Page<QuotaRun>> ListAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var filter = PageCursor.DecodeId(cursor) is { } before
            ? Filter.Lt("_id", before)
            : FilterDefinition<BsonDocument>.Empty;
        var documents = await Runs.Find(filter)
            .Sort(Builders<BsonDocument>.Sort.Descending("_id"))
            .Limit(limit + 1)
            .ToListAsync(cancellationToken);
        var runs = documents.Take(limit).Select(QuotaRun.From).ToList();
        return new Page<QuotaRun>(runs, documents.Count > limit ? PageCursor.Encode(runs[^1].Id.ToString()) : null);
    }

    /// <summary>Ends a run before it is done; false when it is at its end already.</summary>
    public Task<bool> CancelAsync(ObjectId id, CancellationToken cancellationToken) =>
        EndAsync(Filter.Eq("_id", id) & IsOpen, QuotaRunState.Cancelled, cancellationToken);

    /// <summary>Takes the run that nobody is at, to go on where it stopped; null when there is none.</summary>
    public async Task<QuotaRun?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var document = await Runs.FindOneAndUpdateAsync(
            IsOpen & Filter.Lt("leaseUntil", now.UtcDateTime),
            Update.Set("owner", _owner)
                .Set("leaseUntil", (now + Lease).UtcDateTime)
                .Set("state", nameof(QuotaRunState.Running).ToLowerInvariant()),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
        return document is null ? null : QuotaRun.From(document);
    }

    /// <summary>Notes how far a run is and prolongs the lease; false when the run was ended or taken over.</summary>
    public async Task<bool> NoteAsync(QuotaRun run, CancellationToken cancellationToken)
    {
        var result = await Runs.UpdateOneAsync(
            Own(run),
            Update.Set("leaseUntil", (time.GetUtcNow() + Lease).UtcDateTime)
                .Set("total", BsonFields.ToJavaScriptNumber(run.Total ?? 0))
                .Set("done", BsonFields.ToJavaScriptNumber(run.Done))
                .Set("corrected", BsonFields.ToJavaScriptNumber(run.Corrected))
                .Set("correctedBytes", BsonFields.ToJavaScriptNumber(run.CorrectedBytes))
                .Set("skipped", BsonFields.ToJavaScriptNumber(run.Skipped))
                .Set("after", run.After),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    /// <summary>Notes that a run is at its end.</summary>
    public Task<bool> CompleteAsync(QuotaRun run, CancellationToken cancellationToken) =>
        EndAsync(Own(run), QuotaRunState.Done, cancellationToken);

    /// <summary>Gives back a run that could not go on, for any server to take it.</summary>
    public Task ReleaseAsync(QuotaRun run, CancellationToken cancellationToken) =>
        Runs.UpdateOneAsync(Own(run), Update.Set("leaseUntil", DateTime.UnixEpoch), cancellationToken: cancellationToken);

    private FilterDefinition<BsonDocument> Own(QuotaRun run) => Filter.Eq("_id", run.Id) & IsOpen & Filter.Eq("owner", _owner);

    private async Task<bool> EndAsync(FilterDefinition<BsonDocument> filter, QuotaRunState state, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var result = await Runs.UpdateOneAsync(
            filter,
            Update.Set("state", state.ToString().ToLowerInvariant())
                .Set("finished", now.UtcDateTime)
                .Set("expireAt", (now + Kept).UtcDateTime)
                .Unset("open")
                .Unset("leaseUntil"),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }
}
