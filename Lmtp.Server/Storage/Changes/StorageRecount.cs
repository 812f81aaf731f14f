using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Counts anew what a user stores, where the count has gone wrong.</summary>
internal sealed class StorageRecount(MailDatabase database, MessageChangeStore changes)
{
    private const int MaxAttempts = 10;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Adds up the sizes of all messages of a user. A count that changes meanwhile is not overwritten: it is taken again.
    /// Null when there is no such user.
    /// </summary>
    /// <exception cref="TimeoutException">The count changed all the time.</exception>
    public async Task<long?> RunAsync(ObjectId user, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var before = await database.Users.Find(Filter.Eq("_id", user)).FirstOrDefaultAsync(cancellationToken);
            if (before is null)
            {
                return null;
            }

            var sum = await SumAsync(user, cancellationToken);
            if (await changes.AnyAsync(user, cancellationToken))
            {
                continue;
            }

            var unchanged = Filter.Eq("storageUsed", before.GetValue("storageUsed", BsonNull.Value))
                & Filter.Eq(PendingTokens.Field, before.DocumentOrNull("lmtp")?.GetValue("pending", BsonNull.Value) ?? BsonNull.Value);
            var result = await database.Users.UpdateOneAsync(
                Filter.Eq("_id", user) & unchanged,
                Builders<BsonDocument>.Update.Set("storageUsed", BsonFields.ToJavaScriptNumber(sum)),
                cancellationToken: cancellationToken);
            if (result.MatchedCount > 0)
            {
                return sum;
            }
        }

        throw new TimeoutException($"Mail of user {user} comes and goes all the time.");
    }

    private async Task<long> SumAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var sizes = database.Messages.Find(Filter.Eq("user", user))
            .Project<BsonDocument>(Builders<BsonDocument>.Projection.Include("size").Exclude("_id"));
        using var cursor = await sizes.ToCursorAsync(cancellationToken);
        var sum = 0L;
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            sum += cursor.Current.Sum(message => message.Number("size"));
        }

        return sum;
    }
}
