using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Changes the flags of stored messages as WildDuck does: flags with the fields that mirror them, modseq, journal, cached
/// counts, notification. Specification sections 2.6 and 2.9.
/// </summary>
internal sealed class MessageFlagWriter(
    MailDatabase database, MailboxStore mailboxes, MailboxWriter writer, ChangeAnnouncer announcer, TimeProvider time)
{
    private const int MaxAttempts = 8;

    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

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
                .FirstOrDefaultAsync(cancellationToken);
            if (found is null || (modseq is { } expected && found.Number("modseq") != expected))
            {
                return null;
            }

            var flags = changes.Apply(found.Strings("flags"));
            if (flags.SequenceEqual(found.Strings("flags")) || await TryWriteAsync(found, flags))
            {
                found["flags"] = new BsonArray(flags);
                return MessageReader.ToSummary(found);
            }
        }

        throw new TimeoutException($"The flags of message {message} are changed by others all the time.");
    }

    /// <summary>In turn with what is written into the mailbox; false when somebody else changed the flags first.</summary>
    private async Task<bool> TryWriteAsync(BsonDocument message, List<string> flags)
    {
        var mailbox = message["mailbox"].AsObjectId;
        var isWritten = false;
        await writer.RunAsync(mailbox, async () =>
        {
            if (await mailboxes.TakeModseqAsync(mailbox, CancellationToken.None) is not { } modseq)
            {
                return;
            }

            var place = Filter.Eq("_id", message["_id"]) & Filter.Eq("mailbox", mailbox) & Filter.Eq("flags", message["flags"]);
            var result = await database.Messages.UpdateOneAsync(place, ToUpdate(flags, modseq));
            if (result.MatchedCount > 0)
            {
                isWritten = true;
                message["modseq"] = modseq;
                await database.Journal.InsertOneAsync(ToEntry(message, flags, modseq));
            }
        });
        if (isWritten)
        {
            await announcer.FlagsChangedAsync(message["user"].AsObjectId, mailbox);
        }

        return isWritten;
    }

    private static UpdateDefinition<BsonDocument> ToUpdate(List<string> flags, int modseq)
    {
        var update = Builders<BsonDocument>.Update
            .Set("flags", new BsonArray(flags))
            .Set("unseen", !flags.Contains(@"\Seen"))
            .Set("flagged", flags.Contains(@"\Flagged"))
            .Set("draft", flags.Contains(@"\Draft"))
            .Set("undeleted", !flags.Contains(@"\Deleted"))
            .Max("modseq", modseq);
        return flags.Contains(@"\Deleted") ? update.Unset("searchable") : update.Set("searchable", true);
    }

    private BsonDocument ToEntry(BsonDocument message, List<string> flags, int modseq) => new()
    {
        { "_id", ObjectId.GenerateNewId() },
        { "command", "FETCH" },
        { "uid", message["uid"] },
        { "flags", new BsonArray(flags) },
        { "thread", message.GetValue("thread", BsonNull.Value) },
        { "message", message["_id"] },
        { "unseenChange", true },
        { "modseq", modseq },
        { "created", time.GetUtcNow().UtcDateTime },
        { "mailbox", message["mailbox"] },
        { "user", message["user"] },
    };
}
