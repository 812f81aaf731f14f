using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Gives a message other flags, with the fields that mirror them, modseq, journal, cached counts and notification, in turn
/// with what is written into its mailbox. Specification sections 2.6 and 2.9.
/// </summary>
internal sealed class MessageFlagging(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxWriter writer,
    ChangeAnnouncer announcer,
    ChangeStore changes,
    TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;
    private static readonly UpdateDefinitionBuilder<BsonDocument> Update = Builders<BsonDocument>.Update;

    private static readonly FindOneAndUpdateOptions<BsonDocument> Changed = new()
    {
        ReturnDocument = ReturnDocument.After,
        Projection = Builders<BsonDocument>.Projection
            .Include("uid").Include("flags").Include("thread").Include("modseq").Include("mailbox").Include("user"),
    };

    /// <summary>Does a change that has just begun; null when somebody else changed, moved or removed the message first.</summary>
    /// <param name="change">The change.</param>
    /// <param name="message">The message as it was found.</param>
    /// <param name="flags">The flags that it gets.</param>
    public async Task<BsonDocument?> RunAsync(MessageChange change, BsonDocument message, IReadOnlyList<string> flags)
    {
        BsonDocument? changed = null;
        await writer.RunAsync(change.Message.Mailbox, async () =>
        {
            if (await mailboxes.TakeModseqAsync(change.Message.Mailbox, CancellationToken.None) is not { } modseq)
            {
                return;
            }

            var asFound = Place(change) & Filter.Eq("modseq", message["modseq"]) & Filter.Eq("flags", message["flags"]);
            if ((await database.Messages.UpdateOneAsync(asFound, ToUpdate(flags, modseq))).MatchedCount > 0)
            {
                changed = new BsonDocument(message) { ["flags"] = new BsonArray(flags), ["modseq"] = modseq };
                await database.Journal.InsertOneAsync(ToEntry(change, changed));
            }
        });
        if (changed is not null)
        {
            await announcer.FlagsChangedAsync(change.User, change.Message.Mailbox);
        }

        await changes.RemoveAsync(change);
        return changed;
    }

    /// <summary>
    /// Completes a change that was broken off: a message that has changed since it was found is announced with the flags
    /// that it has. Repeating it changes nothing.
    /// </summary>
    public async Task CompleteAsync(MessageChange change)
    {
        await writer.RunAsync(change.Message.Mailbox, () => CompleteJournalAsync(change));
        await announcer.FlagsChangedAsync(change.User, change.Message.Mailbox);
        await changes.RemoveAsync(change);
    }

    // Sessions have read past the modseq that the message was given, and would never see an entry with that one.
    private async Task CompleteJournalAsync(MessageChange change)
    {
        if (await database.Journal.Find(Filter.Eq("_id", change.Token)).AnyAsync())
        {
            return;
        }

        var since = Place(change) & Filter.Ne("modseq", change.Modseq);
        if (!await database.Messages.Find(since).AnyAsync()
            || await mailboxes.TakeModseqAsync(change.Message.Mailbox, CancellationToken.None) is not { } modseq)
        {
            return;
        }

        if (await database.Messages.FindOneAndUpdateAsync(since, Update.Max("modseq", modseq), Changed) is { } message)
        {
            await database.Journal.InsertOneAsync(ToEntry(change, message));
        }
    }

    private static FilterDefinition<BsonDocument> Place(MessageChange change) =>
        Filter.Eq("_id", change.Id) & Filter.Eq("mailbox", change.Message.Mailbox);

    private static UpdateDefinition<BsonDocument> ToUpdate(IReadOnlyList<string> flags, int modseq)
    {
        var update = Update
            .Set("flags", new BsonArray(flags))
            .Set("unseen", !flags.Contains(@"\Seen"))
            .Set("flagged", flags.Contains(@"\Flagged"))
            .Set("draft", flags.Contains(@"\Draft"))
            .Set("undeleted", !flags.Contains(@"\Deleted"))
            .Max("modseq", modseq);
        return flags.Contains(@"\Deleted") ? update.Unset("searchable") : update.Set("searchable", true);
    }

    private BsonDocument ToEntry(MessageChange change, BsonDocument message) => new()
    {
        { "_id", change.Token },
        { "command", "FETCH" },
        { "uid", message["uid"] },
        { "flags", message["flags"] },
        { "thread", message.GetValue("thread", BsonNull.Value) },
        { "message", message["_id"] },
        { "unseenChange", true },
        { "modseq", message["modseq"] },
        { "created", time.GetUtcNow().UtcDateTime },
        { "mailbox", message["mailbox"] },
        { "user", message["user"] },
    };
}
