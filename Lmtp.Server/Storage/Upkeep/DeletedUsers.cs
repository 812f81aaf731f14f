using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Upkeep;

/// <summary>
/// Works off the tasks that the deletion of a user leaves: everything of the user goes, the messages after a last
/// while. The tasks are locked as WildDuck's runner locks them.
/// </summary>
internal sealed class DeletedUsers(MailDatabase database, RateLimitOverrideStore limits, TimeProvider time) : IUpkeepTask
{
    private static readonly TimeSpan LockTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan MessagesKept = TimeSpan.FromDays(14);

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    public string Name => "deleted-users";

    public async Task<int> RunBatchAsync(CancellationToken cancellationToken)
    {
        if (await LockAsync(cancellationToken) is not { } task)
        {
            return 0;
        }

        if (task.DocumentOrNull("data")?.IdOrNull("user") is { } user)
        {
            await RemoveAsync(user, cancellationToken);
        }

        await database.Tasks.DeleteOneAsync(
            Filter.Eq("_id", task["_id"]) & Filter.Eq("locked", task["locked"]), cancellationToken);
        return 1;
    }

    // Locked and not released in time: whoever had it is gone.
    private async Task<BsonDocument?> LockAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await database.Tasks.FindOneAndUpdateAsync(
            Filter.Eq("task", UserStore.DeleteTask) & (Filter.Eq("locked", false) | Filter.Lt("lockedUntil", now)),
            Update.Set("locked", new BsonBinaryData(ObjectId.GenerateNewId().ToByteArray()))
                .Set("lockedUntil", now + LockTime)
                .Set("status", "active")
                .Set("runStart", now)
                .Inc("runCount", 1),
            new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
            cancellationToken);
    }

    // Every step may be repeated. The user's placeholder goes last: until then the task can begin anew.
    private async Task RemoveAsync(ObjectId user, CancellationToken cancellationToken)
    {
        var ofUser = Filter.Eq("user", user);
        await database.Mailboxes.DeleteManyAsync(ofUser, cancellationToken);
        await database.UsersDatabase.GetCollection<BsonDocument>("asps").DeleteManyAsync(ofUser, cancellationToken);
        await database.UsersDatabase.GetCollection<BsonDocument>("mcptokens").DeleteManyAsync(ofUser, cancellationToken);
        await database.Filters.DeleteManyAsync(ofUser, cancellationToken);
        await database.Autoreplies.DeleteManyAsync(ofUser, cancellationToken);
        await database.AddressRegister.DeleteManyAsync(ofUser, cancellationToken);
        await limits.RemoveOfUserAsync(user, cancellationToken);
        await database.Messages.UpdateManyAsync(
            ofUser,
            Update.Set("exp", true)
                .Set("rdate", BsonFields.ToJavaScriptNumber((time.GetUtcNow() + MessagesKept).ToUnixTimeMilliseconds()))
                .Set("userDeleted", true),
            cancellationToken: cancellationToken);
        await database.DeletedUsers.DeleteOneAsync(Filter.Eq("_id", user), cancellationToken);
    }
}
