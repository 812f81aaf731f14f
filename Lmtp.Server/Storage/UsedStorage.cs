using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// The sum of the sizes of a user's messages. Each change carries the key of its delivery as a token in the user's
/// document, so that repeating it changes nothing.
/// </summary>
internal sealed class UsedStorage(MailDatabase database)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    /// <summary>Counts a message in, unless it was counted before or does not fit any more.</summary>
    /// <param name="plan">The delivery.</param>
    /// <param name="key">Its key.</param>
    /// <param name="quota">What the user may use, in bytes; the check and the change are one operation.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<StorageClaim> AddAsync(
        DeliveryPlan plan, BsonBinaryData key, long quota, CancellationToken cancellationToken)
    {
        var result = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", plan.User)
                & PendingTokens.Lacks(key)
                & Filter.Lte("storageUsed", quota - plan.Size),
            Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(plan.Size)).Push(PendingTokens.Field, key),
            cancellationToken: cancellationToken);
        if (result.MatchedCount > 0)
        {
            return StorageClaim.Counted;
        }

        var user = await database.Users.Find(Filter.Eq("_id", plan.User)).FirstOrDefaultAsync(cancellationToken);
        return user is null ? StorageClaim.UserGone
            : PendingTokens.Has(user, key) ? StorageClaim.Counted
            : StorageClaim.QuotaExceeded;
    }

    /// <summary>
    /// Counts a stored message for good, whether it is counted now or somebody has taken it back; to be repeated at will
    /// while its settled token is there.
    /// </summary>
    public async Task SettleAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        while (!await TrySettleAsync(plan, key, cancellationToken))
        {
            // A server that was held up has counted it between two looks.
        }
    }

    /// <summary>Counts a message out, if it was counted in and not for good.</summary>
    public Task TakeBackAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        TakeBackAsync(PendingTokens.Field, plan, key, cancellationToken);

    /// <summary>Counts a message out that was settled once too often.</summary>
    public Task TakeBackSettledAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        TakeBackAsync(PendingTokens.SettledField, plan, key, cancellationToken);

    private Task<UpdateResult> TakeBackAsync(string field, DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken) =>
        database.Users.UpdateOneAsync(
            Filter.Eq("_id", plan.User) & Filter.Eq(field, key),
            Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(-plan.Size)).Pull(field, key),
            cancellationToken: cancellationToken);

    private async Task<bool> TrySettleAsync(DeliveryPlan plan, BsonBinaryData key, CancellationToken cancellationToken)
    {
        var exchanged = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", plan.User) & Filter.Eq(PendingTokens.Field, key),
            Update.Pull(PendingTokens.Field, key).Push(PendingTokens.SettledField, key),
            cancellationToken: cancellationToken);
        if (exchanged.MatchedCount > 0)
        {
            return true;
        }

        var counted = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", plan.User) & PendingTokens.Lacks(key),
            Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(plan.Size)).Push(PendingTokens.SettledField, key),
            cancellationToken: cancellationToken);
        return counted.MatchedCount > 0
            || await database.Users.Find(Filter.Eq("_id", plan.User)).FirstOrDefaultAsync(cancellationToken) is not { } user
            || PendingTokens.IsSettled(user, key);
    }
}
