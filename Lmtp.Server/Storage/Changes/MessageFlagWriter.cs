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

            var change = new FlagChange(MessageChange.Flags(found), found, flags);
            if (await turns.RunAsync(change.Change, () => flagging.RunAsync([change]), cancellationToken) is [{ } changed])
            {
                return MessageReader.ToSummary(changed);
            }
        }

        throw new TimeoutException($"The flags of message {message} are changed by others all the time.");
    }

    /// <summary>
    /// Changes messages of a mailbox together, in the order in which they are named; returns those that are as they were to
    /// be. What somebody else is changing is left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<ObjectId, MessageSummary>> UpdateAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> messages, MessageFlagChanges changes, CancellationToken cancellationToken)
    {
        var found = await database.Messages
            .Find(Filter.In("_id", messages) & Filter.Eq("mailbox", mailbox.Id) & Filter.Eq("user", mailbox.User))
            .Project<BsonDocument>(Projection)
            .ToListAsync(cancellationToken);
        var wanted = found.Select(message => (Message: message, Flags: changes.Apply(message.Strings("flags"))))
            .ToLookup(message => message.Flags.SequenceEqual(message.Message.Strings("flags")));
        var batch = wanted[false]
            .Select(message => new FlagChange(MessageChange.Flags(message.Message), message.Message, message.Flags))
            .ToDictionary(change => change.Change.Id);
        var order = messages.Where(batch.ContainsKey).Select(id => batch[id].Change).ToList();
        var changed = await turns.RunAsync(
            order, begun => flagging.RunAsync([.. begun.Select(change => batch[change.Id])]), cancellationToken);
        return wanted[true].Select(message => message.Message)
            .Concat(changed.Values.OfType<BsonDocument>())
            .Select(MessageReader.ToSummary)
            .ToDictionary(message => message.Id);
    }
}
