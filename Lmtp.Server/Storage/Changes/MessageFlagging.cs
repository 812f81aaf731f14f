using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Gives messages other flags, with the fields that mirror them, modseq, journal, cached counts and notification, in turn
/// with what is written into their mailbox. Specification sections 2.6 and 2.9.
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

    /// <summary>
    /// Does changes of messages of one mailbox that have just begun; returns each message as it is then, null where somebody
    /// else changed, moved or removed it first.
    /// </summary>
    public async Task<IReadOnlyList<BsonDocument?>> RunAsync(IReadOnlyList<FlagChange> batch)
    {
        var mailbox = batch[0].Change.Message.Mailbox;
        IReadOnlyList<BsonDocument?> results = new BsonDocument?[batch.Count];
        await writer.RunAsync(mailbox, async () =>
        {
            if (await mailboxes.TakeModseqsAsync(mailbox, batch.Count, CancellationToken.None) is { } first)
            {
                results = await Task.WhenAll(batch.Select((flags, index) => TryUpdateAsync(flags, first + index)));
                await JournalAsync(batch, results);
            }
        });
        if (results.Any(changed => changed is not null))
        {
            await announcer.FlagsChangedAsync(batch[0].Change.User, mailbox);
        }

        await changes.RemoveAsync([.. batch.Select(flags => flags.Change)]);
        return results;
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

    private async Task<BsonDocument?> TryUpdateAsync(FlagChange flags, int modseq)
    {
        var message = flags.Message;
        var asFound = Place(flags.Change) & Filter.Eq("modseq", message["modseq"]) & Filter.Eq("flags", message["flags"]);
        return (await database.Messages.UpdateOneAsync(asFound, ToUpdate(flags.Flags, modseq))).MatchedCount > 0
            ? new BsonDocument(message) { ["flags"] = new BsonArray(flags.Flags), ["modseq"] = modseq }
            : null;
    }

    private async Task JournalAsync(IReadOnlyList<FlagChange> batch, IReadOnlyList<BsonDocument?> results)
    {
        var entries = batch.Zip(results).Where(pair => pair.Second is not null)
            .Select(pair => ToEntry(pair.First.Change, pair.Second!))
            .ToList();
        if (entries.Count > 0)
        {
            await database.Journal.InsertOnceAsync(entries);
        }
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
            await database.Journal.InsertOnceAsync([ToEntry(change, message)]);
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
