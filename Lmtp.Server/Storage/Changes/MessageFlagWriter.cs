using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Changes the flags of stored messages as WildDuck does. A change that is broken off is completed later: open IMAP
/// sessions see each one.
/// </summary>
internal sealed class MessageFlagWriter(MailDatabase database, ChangeTurns turns, MessageFlagging flagging)
{
    private const int MaxAttempts = 8;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    // A message's text and parts may be megabytes, and none of it has to do with its flags.
    private static readonly ProjectionDefinition<BsonDocument> Projection = Builders<BsonDocument>.Projection.Combine(
        MessageReader.SummaryFields.Union(RemovableMessage.Fields).Select(field => Builders<BsonDocument>.Projection.Include(field)));

    /// <summary>
    /// Changes a message; returns it as it is then, null when the user has no such message, or where it has another
    /// <paramref name="modseq"/> than the one that is given.
    /// </summary>
    public async Task<MessageSummary?> UpdateAsync(
        ObjectId user, ObjectId message, MessageFlagChanges changes, long? modseq, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await database.Messages
                .Find(Filter.Eq("_id", message) & Filter.Eq("user", user))
                .Project<BsonDocument>(Projection)
                .FirstOrDefaultAsync(cancellationToken);
            if (found is null || (modseq is { } expected && found.Number("modseq") != expected))
            {
                return null;
            }

            var flags = changes.Apply(found.Strings("flags"));
            if (flags.SequenceEqual(found.Strings("flags")))
            {
                return MessageReader.ToSummary(found);
            }

            var change = MessageChange.Flags(found);
            if (await turns.RunAsync(change, () => flagging.RunAsync(change, found, flags), cancellationToken) is { } changed)
            {
                return MessageReader.ToSummary(changed);
            }
        }

        throw new TimeoutException($"The flags of message {message} are changed by others all the time.");
    }
}
