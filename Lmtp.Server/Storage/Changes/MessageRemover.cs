using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Deletes messages as WildDuck does. Of several deletions of one message, by whichever servers, one takes place; one that
/// is broken off is completed later.
/// </summary>
internal sealed class MessageRemover(MailDatabase database, ChangeTurns turns, MessageRemoval removal)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    // What goes into the archive is read when it is the message's turn.
    private static readonly ProjectionDefinition<BsonDocument> Projection = Builders<BsonDocument>.Projection.Combine(
        RemovableMessage.Fields.Append("modseq").Append("draft").Select(field => Builders<BsonDocument>.Projection.Include(field)));

    /// <summary>
    /// Deletes a message; returns what it was, null when the user has no such message, or where it has another
    /// <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<MessageSummary?> RemoveAsync(ObjectId user, ObjectId message, long? modseq, CancellationToken cancellationToken)
    {
        var found = await database.Messages
            .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
            .Project<BsonDocument>(Projection)
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || (modseq is { } expected && found.Number("modseq") != expected))
        {
            return null;
        }

        var change = MessageChange.Deletion(found);
        return await turns.RunAsync(change, () => removal.RunAsync([change], modseq), cancellationToken) is [{ } removed]
            ? MessageReader.ToSummary(removed)
            : null;
    }

    /// <summary>
    /// Deletes messages of a mailbox together; returns what those were that are gone. What somebody else is changing is left
    /// out.
    /// </summary>
    public async Task<IReadOnlyDictionary<ObjectId, MessageSummary>> RemoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> messages, CancellationToken cancellationToken)
    {
        var found = await database.Messages
            .Find(Filter.In("_id", messages) & Filter.Eq("mailbox", mailbox.Id) & Filter.Eq("user", mailbox.User))
            .Project<BsonDocument>(Projection)
            .ToListAsync(cancellationToken);
        var removed = await turns.RunAsync(
            found.ConvertAll(MessageChange.Deletion), begun => removal.RunAsync(begun, modseq: null), cancellationToken);
        return removed.Where(change => change.Value is not null)
            .ToDictionary(change => change.Key, change => MessageReader.ToSummary(change.Value!));
    }
}
