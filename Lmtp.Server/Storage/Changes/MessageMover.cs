using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Moves messages between the mailboxes of a user as WildDuck does: a copy with a new <c>_id</c> and UID takes the place
/// of the message. A move that is broken off is completed, or undone, later.
/// </summary>
internal sealed class MessageMover(MailDatabase database, ChangeTurns turns, MessageRelocation relocation, TimeProvider time)
{
    private const int MaxAttempts = 8;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Moves a message; returns it in its new place, null when the user has no such message, or where it has another
    /// <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<MessageSummary?> MoveAsync(
        ObjectId user, ObjectId message, Mailbox target, long? modseq, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await database.Messages
                .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
                .FirstOrDefaultAsync(cancellationToken);
            if (found is null || (modseq is { } expected && found.Number("modseq") != expected))
            {
                return null;
            }

            if (found["mailbox"] == target.Id)
            {
                return MessageReader.ToSummary(found);
            }

            var change = MessageChange.Move(found, target.Id, time.GetUtcNow());
            if (await turns.RunAsync(change, () => relocation.RunAsync(change, found, target), cancellationToken) is { } moved)
            {
                return MessageReader.ToSummary(moved);
            }
        }

        throw new TimeoutException($"Message {message} is changed by others all the time.");
    }
}
