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

            var move = new MessageMove(MessageChange.Move(found, target.Id, time.GetUtcNow()), found);
            if (await turns.RunAsync(move.Change, () => relocation.RunAsync([move], target), cancellationToken) is [{ } moved])
            {
                return MessageReader.ToSummary(moved);
            }
        }

        throw new TimeoutException($"Message {message} is changed by others all the time.");
    }

    /// <summary>
    /// Moves messages of a mailbox together; their UIDs are in the order in which they are named. Returns those that were
    /// moved, by their former ids. What somebody else is changing is left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<ObjectId, MessageSummary>> MoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> messages, Mailbox target, CancellationToken cancellationToken)
    {
        if (mailbox.Id == target.Id)
        {
            return new Dictionary<ObjectId, MessageSummary>();
        }

        var found = await database.Messages
            .Find(Filter.In("_id", messages) & Filter.Eq("mailbox", mailbox.Id) & Filter.Eq("user", mailbox.User))
            .ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        var batch = found
            .Select(message => new MessageMove(MessageChange.Move(message, target.Id, now), message))
            .ToDictionary(move => move.Change.Id);
        var order = messages.Where(batch.ContainsKey).Select(id => batch[id].Change).ToList();
        var moved = await turns.RunAsync(
            order, begun => relocation.RunAsync([.. begun.Select(change => batch[change.Id])], target), cancellationToken);
        return moved.Where(move => move.Value is not null).ToDictionary(move => move.Key, move => MessageReader.ToSummary(move.Value!));
    }
}
