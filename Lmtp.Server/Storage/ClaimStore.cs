using Lmtp.Server.Storage.Outgoing;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// The claims on deliveries, in the database of our own. Every change is a compare-and-set on state and epoch, so that of
/// two servers one finds out that it has lost the delivery.
/// </summary>
internal sealed class ClaimStore(MailDatabase database, IOptions<StorageOptions> options, TimeProvider time)
{
    public const string CollectionName = "deliveries";

    private const int LeasesBeforeCheck = 10;
    private const string Seed = $"plan.{DeliveryPlan.SeedField}";

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    private IMongoCollection<BsonDocument> Claims =>
        database.Own.GetCollection<BsonDocument>(CollectionName).WithWriteConcern(MailDatabase.Durable);

    /// <summary>Reads claims by their keys; keys without one are left out.</summary>
    public async Task<List<DeliveryClaim>> FindAsync(IEnumerable<BsonBinaryData> keys, CancellationToken cancellationToken)
    {
        var documents = await Claims.Find(Filter.In("_id", keys)).ToListAsync(cancellationToken);
        return documents.ConvertAll(DeliveryClaim.From);
    }

    /// <summary>
    /// Makes claims with epoch 0, all by one operation; returns the keys that somebody had claimed before, whose claims
    /// stay as they are.
    /// </summary>
    public async Task<HashSet<BsonBinaryData>> AddAsync(
        IReadOnlyList<(BsonBinaryData Key, DeliveryPlan Plan)> claims, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var documents = claims.Select(claim => new BsonDocument
        {
            { "_id", claim.Key },
            { "state", "open" },
            { "owner", _owner },
            { "epoch", 0 },
            { "leaseUntil", (now + options.Value.ClaimLease).UtcDateTime },
            { "created", now.UtcDateTime },
            { "settled", false },
            { "plan", claim.Plan.ToBson() },
        });
        try
        {
            await Claims.InsertManyAsync(documents, new InsertManyOptions { IsOrdered = false }, cancellationToken);
            return [];
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            return [.. exception.WriteErrors.Select(error => claims[error.Index].Key)];
        }
    }

    /// <summary>
    /// Makes a claim on a delivery that changes nothing of its own and is done with, also in place of an aborted one;
    /// false where there is another one.
    /// </summary>
    public async Task<bool> AddStoredAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await Claims.UpdateOneAsync(
                Filter.Eq("_id", key) & Filter.Eq("state", "aborted"),
                Update.Set("state", "stored")
                    .Set("owner", _owner)
                    .Inc("epoch", 1)
                    .Set("leaseUntil", BsonNull.Value)
                    .Set("created", now.UtcDateTime)
                    .Set("settled", true)
                    .Set("plan", plan.ToBson())
                    .Set("expireAt", (now + options.Value.ClaimRetention).UtcDateTime),
                new UpdateOptions { IsUpsert = true },
                cancellationToken);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Takes an expired, open claim over; its plan stays. False when somebody else was faster.</summary>
    public async Task<bool> TakeOverAsync(DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(claim.Key, "open", claim.Epoch),
            Owned(claim.Epoch + 1),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    /// <summary>Begins the lease of our own open claims anew; returns how many of these there are.</summary>
    public async Task<long> RenewAsync(IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateManyAsync(
            Filter.In("_id", keys) & Filter.Eq("state", "open") & Filter.Eq("owner", _owner),
            Update.Set("leaseUntil", (time.GetUtcNow() + options.Value.ClaimLease).UtcDateTime),
            cancellationToken: cancellationToken);
        return result.MatchedCount;
    }

    /// <summary>Begins anew with an aborted claim. False when somebody else was faster.</summary>
    public async Task<bool> ReopenAsync(DeliveryClaim claim, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(claim.Key, "aborted", claim.Epoch),
            Owned(claim.Epoch + 1).Set("state", "open").Set("settled", false).Set("plan", plan.ToBson()).Unset("expireAt").Unset("committed"),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    /// <summary>Notes which outgoing messages are not sent after all; false when the claim was lost in the meantime.</summary>
    public async Task<bool> SetOutgoingAsync(
        BsonBinaryData key, int epoch, IReadOnlyList<OutgoingPlan> outgoing, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(key, "open", epoch),
            Update.Set("plan.outgoing", new BsonArray(outgoing.Select(plan => plan.ToBson()))),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    /// <summary>
    /// The commit point of a delivery that stores nothing: from here on its outgoing messages are sent. False when the
    /// claim was lost in the meantime.
    /// </summary>
    public async Task<bool> CommitAsync(BsonBinaryData key, int epoch, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(key, "open", epoch), Update.Set("committed", true), cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    /// <summary>Whether a delivery that stores nothing was committed.</summary>
    public Task<bool> IsCommittedAsync(BsonBinaryData key, CancellationToken cancellationToken) =>
        Claims.Find(Filter.Eq("_id", key) & Filter.Eq("committed", true)).AnyAsync(cancellationToken);

    /// <summary>Notes that the message is stored; false when the claim was lost in the meantime.</summary>
    public Task<bool> MarkStoredAsync(BsonBinaryData key, int epoch, CancellationToken cancellationToken) =>
        CloseAsync(key, epoch, "stored", isSettled: false, cancellationToken);

    /// <summary>Notes that nothing is stored and nothing counted; false when the claim was lost in the meantime.</summary>
    public Task<bool> MarkAbortedAsync(BsonBinaryData key, int epoch, CancellationToken cancellationToken) =>
        CloseAsync(key, epoch, "aborted", isSettled: true, cancellationToken);

    /// <summary>Begins the lease of an open claim anew before something is undone; false when the claim was lost in the meantime.</summary>
    public async Task<bool> HoldAsync(BsonBinaryData key, int epoch, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(key, "open", epoch) & Filter.Eq("owner", _owner), Owned(epoch), cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    /// <summary>Open claims whose owner has not finished in time.</summary>
    public async Task<List<DeliveryClaim>> FindExpiredAsync(int limit, CancellationToken cancellationToken)
    {
        var documents = await Claims
            .Find(Filter.Eq("state", "open") & Filter.Lt("leaseUntil", time.GetUtcNow().UtcDateTime))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(DeliveryClaim.From);
    }

    /// <summary>Stored claims whose tokens are still in users and attachments, though nobody can repeat them any more.</summary>
    public async Task<List<DeliveryClaim>> FindUnsettledAsync(int limit, CancellationToken cancellationToken)
    {
        var documents = await Claims
            .Find(Filter.Eq("state", "stored") & Filter.Eq("settled", false)
                & Filter.Lt("leaseUntil", time.GetUtcNow().UtcDateTime))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(DeliveryClaim.From);
    }

    /// <summary>
    /// Takes a stored claim in order to settle it. False when somebody else was faster, also long ago: whoever has only
    /// read of it may have been held up since.
    /// </summary>
    public async Task<bool> TakeUnsettledAsync(DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var result = await Claims.UpdateOneAsync(
            Current(claim.Key, "stored", claim.Epoch) & Filter.Eq("settled", false) & Filter.Eq("leaseUntil", claim.LeaseUntil.UtcDateTime),
            Update.Set("leaseUntil", (time.GetUtcNow() + options.Value.ClaimLease).UtcDateTime),
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }

    /// <summary>
    /// Notes that the tokens of stored claims are gone, or exchanged; the claims stay as long as retries are recognised.
    /// Returns of how many nobody had noted it before.
    /// </summary>
    public async Task<long> MarkSettledAsync(IReadOnlyCollection<DeliveryClaim> claims, CancellationToken cancellationToken)
    {
        var marked = 0L;
        foreach (var group in claims.GroupBy(claim => claim.Epoch))
        {
            var result = await Claims.UpdateManyAsync(
                Filter.In("_id", group.Select(claim => claim.Key)) & Filter.Eq("state", "stored") & Filter.Eq("settled", false),
                Update.Set("settled", true).Set("leaseUntil", CheckTime(group.Key)),
                cancellationToken: cancellationToken);
            marked += result.MatchedCount;
        }

        return marked;
    }

    /// <summary>
    /// Closed claims whose time has come to look for changes that a server made late: one that was held up while another
    /// one finished or undid its delivery.
    /// </summary>
    public async Task<List<DeliveryClaim>> FindUncheckedAsync(int limit, CancellationToken cancellationToken)
    {
        var documents = await Claims
            .Find(Filter.In("state", ["stored", "aborted"]) & Filter.Eq("settled", true)
                & Filter.Lt("leaseUntil", time.GetUtcNow().UtcDateTime))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return documents.ConvertAll(DeliveryClaim.From);
    }

    /// <summary>Has closed claims looked at soon: a change that belongs to them may have been made just now.</summary>
    public Task CheckSoonAsync(IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken) =>
        UpdateClosedAsync(keys, Update.Set("leaseUntil", time.GetUtcNow().UtcDateTime), cancellationToken);

    /// <summary>Notes that nothing late is to be expected any more.</summary>
    public Task MarkCheckedAsync(IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken) =>
        UpdateClosedAsync(keys, Update.Set("leaseUntil", BsonNull.Value).Unset(Seed), cancellationToken);

    /// <summary>
    /// Forgets stored claims whose tokens are gone and whose client has the answer: the same bytes are a new message
    /// from now on.
    /// </summary>
    public Task RemoveConfirmedAsync(IReadOnlyCollection<BsonBinaryData> keys, CancellationToken cancellationToken) =>
        Claims.DeleteManyAsync(Filter.In("_id", keys) & Filter.Eq("state", "stored"), cancellationToken);

    private static FilterDefinition<BsonDocument> Current(BsonBinaryData key, string state, int epoch) =>
        Filter.Eq("_id", key) & Filter.Eq("state", state) & Filter.Eq("epoch", epoch);

    private UpdateDefinition<BsonDocument> Owned(int epoch) => Update
        .Set("owner", _owner)
        .Set("epoch", epoch)
        .Set("leaseUntil", (time.GetUtcNow() + options.Value.ClaimLease).UtcDateTime);

    // Only of a claim that changed hands can there be a server that was held up.
    private BsonValue CheckTime(int epoch) =>
        epoch == 0 ? BsonNull.Value : (time.GetUtcNow() + (LeasesBeforeCheck * options.Value.ClaimLease)).UtcDateTime;

    private Task<UpdateResult> UpdateClosedAsync(
        IReadOnlyCollection<BsonBinaryData> keys, UpdateDefinition<BsonDocument> update, CancellationToken cancellationToken) =>
        Claims.UpdateManyAsync(
            Filter.In("_id", keys) & Filter.In("state", ["stored", "aborted"]) & Filter.Eq("settled", true),
            update,
            cancellationToken: cancellationToken);

    // Where a delivery came to nothing and a server that was held up may still be at it, the next attempt has to make the
    // same attachments, which that one may count late. Nothing that the seed opens is stored then.
    private static bool IsSeedNeeded(string state, int epoch) => state == "aborted" && epoch > 0;

    private async Task<bool> CloseAsync(
        BsonBinaryData key, int epoch, string state, bool isSettled, CancellationToken cancellationToken)
    {
        var closed = Update.Set("state", state)
            .Set("settled", isSettled)
            .Set("expireAt", (time.GetUtcNow() + options.Value.ClaimRetention).UtcDateTime);
        closed = IsSeedNeeded(state, epoch) ? closed : closed.Unset(Seed);
        var result = await Claims.UpdateOneAsync(
            Current(key, "open", epoch),
            isSettled ? closed.Set("leaseUntil", CheckTime(epoch)) : closed,
            cancellationToken: cancellationToken);
        return result.ModifiedCount > 0;
    }
}
