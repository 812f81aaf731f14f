using Lmtp.Server.Storage.Changes;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>
/// Corrects the used storage of a user while mail flows: by <c>$inc</c> with the difference found, never by setting a sum
/// that is old by the time it is written.
/// </summary>
internal sealed class QuotaRecalculation(
    MailDatabase database, ClaimStore claims, CommittedMessages committed, ChangeStore changes)
{
    private const int MaxAttempts = 50;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Counts the messages of a user and corrects the used storage.</summary>
    /// <returns>
    /// The bytes by which it was corrected; null when there is no such user, or when the user's mail did not come to rest
    /// for the moment that counting takes, in which case nothing was changed.
    /// </returns>
    public async Task<long?> RunAsync(ObjectId user, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await ReadAsync(user, cancellationToken) is not { } before)
            {
                return null;
            }

            var stored = await SumAsync(user, cancellationToken);
            var after = await ReadAsync(user, cancellationToken);
            if (after is null || !before.IsSameAs(after) || await changes.AnyRemovalAsync(user, cancellationToken))
            {
                continue;
            }

            var difference = stored + before.Waiting - before.Used;
            if (difference == 0 || await CorrectAsync(user, before, difference, cancellationToken))
            {
                return difference;
            }
        }

        return null;
    }

    private async Task<bool> CorrectAsync(ObjectId user, Reading reading, long difference, CancellationToken cancellationToken)
    {
        var result = await database.Users.UpdateOneAsync(
            Filter.Eq("_id", user) & Filter.Eq("storageUsed", reading.Document["storageUsed"]),
            Builders<BsonDocument>.Update.Inc("storageUsed", BsonFields.ToJavaScriptNumber(difference)),
            cancellationToken: cancellationToken);
        return result.MatchedCount > 0;
    }

    private async Task<long> SumAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var sum = await database.Messages.Aggregate()
            .Match(Filter.Eq("user", user))
            .Group<BsonDocument>(new BsonDocument { { "_id", BsonNull.Value }, { "size", new BsonDocument("$sum", "$size") } })
            .FirstOrDefaultAsync(cancellationToken);
        return sum?.Number("size") ?? 0;
    }

    // A delivery is counted before its message is there: what is counted and not there yet must not count as too much.
    private async Task<Reading?> ReadAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var document = await database.Users.Find(Filter.Eq("_id", user)).FirstOrDefaultAsync(cancellationToken);
        if (document is null)
        {
            return null;
        }

        var keys = PendingTokens.Of(document);
        long waiting = 0;
        foreach (var claim in keys.Count > 0 ? await claims.FindAsync(keys, cancellationToken) : [])
        {
            if (claim.State != ClaimState.Stored && !await committed.ContainsAsync(claim.Plan, cancellationToken))
            {
                waiting += claim.Plan.Size;
            }
        }

        return new Reading(document, keys, waiting);
    }

    private sealed record Reading(BsonDocument Document, IReadOnlyList<BsonBinaryData> Keys, long Waiting)
    {
        public long Used => Document.Number("storageUsed");

        public bool IsSameAs(Reading other) =>
            Used == other.Used && Waiting == other.Waiting && Keys.SequenceEqual(other.Keys);
    }
}
