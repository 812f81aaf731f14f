using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// The changes that have begun and not ended, one for each message, mailbox or user at most. A server that dies leaves its own
/// here; once their time is over, another one completes them.
/// </summary>
internal sealed class ChangeStore(MailDatabase database, IOptionsMonitor<StorageOptions> options, TimeProvider time)
{
    public const string CollectionName = "changes";

    private static readonly string DeletionKind = MessageChange.NameOf(MessageChangeKind.Deletion);
    private static readonly string MoveKind = MessageChange.NameOf(MessageChangeKind.Move);

    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(1);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;
    private static readonly FilterDefinition<BsonDocument> NotTakenOver = Filter.Ne("taken", true);

    private IMongoCollection<BsonDocument> Collection =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    private DateTime Until => (time.GetUtcNow() + options.CurrentValue.ClaimLease).UtcDateTime;

    /// <summary>Writes down a change that is about to begin; false while there is another one of the same thing.</summary>
    public async Task<bool> TryAddAsync(PendingChange change, CancellationToken cancellationToken)
    {
        try
        {
            await Collection.InsertOneAsync(change.ToBson().Add("leaseUntil", Until), cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes down changes that are about to begin; returns those of them that may, because there is no other one of the
    /// same thing.
    /// </summary>
    public async Task<IReadOnlyList<TChange>> TryAddAsync<TChange>(
        IReadOnlyList<TChange> changes, CancellationToken cancellationToken)
        where TChange : PendingChange
    {
        var until = Until;
        try
        {
            await Collection.InsertManyAsync(
                changes.Select(change => change.ToBson().Add("leaseUntil", until)),
                new InsertManyOptions { IsOrdered = false },
                cancellationToken);
            return changes;
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            var refused = exception.WriteErrors.Select(error => error.Index).ToHashSet();
            return [.. changes.Where((_, index) => !refused.Contains(index))];
        }
    }

    /// <summary>
    /// Begins the time of changes anew for the server that began them; returns the ids of those that are still its own. The
    /// others were taken over while it was held up.
    /// </summary>
    public async Task<IReadOnlySet<ObjectId>> RenewAsync(IReadOnlyList<PendingChange> changes)
    {
        var own = Filter.In("_id", changes.Select(change => change.Id))
            & Filter.In("token", changes.Select(change => change.Token))
            & NotTakenOver;

        // A renewal that is lost with the database is one that came too late: nothing waits for the disk.
        var collection = database.Own.GetCollection<BsonDocument>(CollectionName);
        var renewed = await collection.UpdateManyAsync(own, Update.Set("leaseUntil", Until));
        if (renewed.MatchedCount == changes.Count)
        {
            return changes.Select(change => change.Id).ToHashSet();
        }

        var left = await collection.Find(own).Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("_id")).ToListAsync();
        return left.Select(document => document["_id"].AsObjectId).ToHashSet();
    }

    /// <summary>Whether a change is written down still, whoever is at it.</summary>
    public Task<bool> IsPendingAsync(PendingChange change) => Collection.Find(Itself(change)).AnyAsync();

    /// <summary>Notes that the messages of deletions are counted out.</summary>
    public Task MarkCountedAsync(IReadOnlyList<MessageChange> changes) => Collection.BulkWriteAsync(
        changes.Select(change => new UpdateOneModel<BsonDocument>(Itself(change), Update.Set("counted", true))));

    /// <summary>Forgets a change that is complete, or that came to nothing.</summary>
    public Task RemoveAsync(PendingChange change) => Collection.DeleteOneAsync(Itself(change));

    /// <summary>Forgets changes that are complete, or that came to nothing.</summary>
    public Task RemoveAsync(IReadOnlyList<PendingChange> changes) =>
        Collection.BulkWriteAsync(changes.Select(change => new DeleteOneModel<BsonDocument>(Itself(change))));

    /// <summary>
    /// Lets others complete changes that failed, unless they have taken them over already. Where that cannot be said, they wait
    /// until their time is over.
    /// </summary>
    public async Task TryReleaseAsync(IReadOnlyList<PendingChange> changes)
    {
        try
        {
            using var timeout = new CancellationTokenSource(ReleaseTimeout, time);
            var release = Update.Set("leaseUntil", time.GetUtcNow().UtcDateTime);
            await Collection.BulkWriteAsync(
                changes.Select(change => new UpdateOneModel<BsonDocument>(Itself(change) & NotTakenOver, release)),
                cancellationToken: timeout.Token);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException or OperationCanceledException)
        {
            // What made the changes fail has not gone away.
        }
    }

    /// <summary>Whether any message of the user is about to go, which makes counting in vain.</summary>
    public Task<bool> AnyRemovalAsync(ObjectId user, CancellationToken cancellationToken) => Collection
        .Find(Filter.Eq("user", user) & Filter.In("kind", [DeletionKind, MoveKind]))
        .AnyAsync(cancellationToken);

    /// <summary>Changes whose time is over, of one message, mailbox or user, or of any, at most so many.</summary>
    public async Task<IReadOnlyList<PendingChange>> FindExpiredAsync(ObjectId? changed, int limit, CancellationToken cancellationToken)
    {
        var filter = Filter.Lte("leaseUntil", time.GetUtcNow().UtcDateTime);
        var documents = await Collection
            .Find(changed is { } id ? filter & Filter.Eq("_id", id) : filter)
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(PendingChange.From);
    }

    /// <summary>
    /// Takes over a change whose time is over; false where another server was faster. The server that began it learns of that
    /// from <see cref="RenewAsync"/>.
    /// </summary>
    public async Task<bool> TryTakeOverAsync(PendingChange change, CancellationToken cancellationToken)
    {
        var result = await Collection.UpdateOneAsync(
            Itself(change) & Filter.Lte("leaseUntil", time.GetUtcNow().UtcDateTime),
            Update.Set("leaseUntil", Until).Set("taken", true),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    private static FilterDefinition<BsonDocument> Itself(PendingChange change) =>
        Filter.Eq("_id", change.Id) & Filter.Eq("token", change.Token);
}
