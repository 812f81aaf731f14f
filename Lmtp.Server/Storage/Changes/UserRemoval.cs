using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Deletes a user: kept in <c>deletedusers</c> with its addresses, which are free again at once, while the mail is removed
/// by the task that is left for WildDuck's task runner or our upkeep.
/// </summary>
internal sealed class UserRemoval(MailDatabase database, ChangeStore changes, TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>Does a deletion that has just begun; false when there is no such user in the state that is asked for.</summary>
    /// <param name="change">The deletion.</param>
    /// <param name="place">Finds the user in that state.</param>
    public async Task<bool> RunAsync(UserDeletion change, FilterDefinition<BsonDocument> place)
    {
        var isDeleted = await database.Users.Find(place).FirstOrDefaultAsync() is { } document && await TryMoveAsync(document, place);
        if (isDeleted)
        {
            await FollowUpAsync(change);
        }

        await changes.RemoveAsync(change);
        return isDeleted;
    }

    /// <summary>
    /// Completes a deletion that was broken off; where the user is still there it had not begun. Repeating it changes
    /// nothing.
    /// </summary>
    public async Task CompleteAsync(UserDeletion change)
    {
        var itself = Filter.Eq("_id", change.Account);
        if (await database.Users.Find(itself).AnyAsync())
        {
            await WithdrawAsync(itself);
        }
        else
        {
            await FollowUpAsync(change);
        }

        await changes.RemoveAsync(change);
    }

    private async Task<bool> TryMoveAsync(BsonDocument document, FilterDefinition<BsonDocument> place)
    {
        var itself = Filter.Eq("_id", document["_id"]);
        var owned = await database.Addresses.Find(Filter.Eq("user", document["_id"])).ToListAsync();
        document["deleteInfo"] = new BsonDocument
        {
            { "deletedAt", time.GetUtcNow().UtcDateTime },
            { "mainAddress", document.GetValue("address", string.Empty) },
            { "addresses", new BsonArray(owned) },
        };
        await KeepAsync(document);
        if ((await database.Users.DeleteOneAsync(place)).DeletedCount > 0)
        {
            // Once more: a server that found the user still there has taken it out again while this one was held up.
            await KeepAsync(document);
            return true;
        }

        if (await database.Users.Find(itself).AnyAsync())
        {
            await WithdrawAsync(itself);
        }

        return false;
    }

    // Whoever deletes the user in this very moment needs what was kept.
    private async Task WithdrawAsync(FilterDefinition<BsonDocument> itself)
    {
        if (await database.DeletedUsers.FindOneAndDeleteAsync(itself) is { } kept && !await database.Users.Find(itself).AnyAsync())
        {
            await KeepAsync(kept);
        }
    }

    private async Task KeepAsync(BsonDocument user) => await database.DeletedUsers.ReplaceOneAsync(
        Filter.Eq("_id", user["_id"]), user, new ReplaceOptions { IsUpsert = true });

    private async Task FollowUpAsync(UserDeletion change)
    {
        var user = change.Account;
        await database.Addresses.DeleteManyAsync(Filter.Eq("user", user));
        var pending = Filter.Eq("task", UserStore.DeleteTask) & Filter.Eq("data.user", user);
        if (await database.Tasks.Find(pending).AnyAsync())
        {
            return;
        }

        try
        {
            await database.Tasks.WithWriteConcern(MailDatabase.Durable).InsertOneAsync(ToTask(change));
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            // Another server was at it, too.
        }
    }

    private BsonDocument ToTask(UserDeletion change)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new BsonDocument
        {
            { "_id", change.Token },
            { "task", UserStore.DeleteTask },
            { "locked", false },
            { "lockedUntil", now },
            { "created", now },
            { "status", "waiting" },
            { "data", new BsonDocument("user", change.Account) },
        };
    }
}
