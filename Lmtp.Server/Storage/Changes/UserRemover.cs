using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Deletes users as WildDuck does. A deletion that is broken off is completed later.</summary>
internal sealed class UserRemover(ChangeTurns turns, UserRemoval removal)
{
    /// <summary>Deletes a user; false when it is gone, or was to be in the state that was read and is no longer.</summary>
    public Task<bool> RemoveAsync(MailUser user, bool onlyIfUnchanged, CancellationToken cancellationToken)
    {
        var itself = Builders<BsonDocument>.Filter.Eq("_id", user.Id);
        var change = new UserDeletion(user.Id, ObjectId.GenerateNewId());
        return turns.RunAsync(
            change,
            () => removal.RunAsync(change, onlyIfUnchanged ? itself & UserRevision.Filter(user) : itself),
            cancellationToken);
    }
}
