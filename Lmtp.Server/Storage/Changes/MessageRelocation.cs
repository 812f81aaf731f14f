using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Puts a copy of a message into another mailbox and takes the message away. First the copy, then the removal: whatever
/// fails, no message is lost, and what is there twice is put right afterwards. Specification sections 2.6 and 2.9.
/// </summary>
internal sealed class MessageRelocation(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxWriter writer,
    MailboxExpunger expunger,
    MailboxAnnouncer announcer,
    JournalCompletion journal,
    ChangeStore changes,
    TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Does a move that has just begun, in turn with what is written into the target. Null when somebody else changed,
    /// moved or removed the message first, or the target is gone.
    /// </summary>
    public async Task<BsonDocument?> RunAsync(MessageChange change, BsonDocument message, Mailbox target)
    {
        BsonDocument? moved = null;
        await writer.RunAsync(target.Id, async () =>
        {
            if (await mailboxes.TakeUidsAsync(target.Id, 1, CancellationToken.None) is not { } numbers)
            {
                return;
            }

            var copy = MovedMessage.ToDocument(message, change.Copy!.Id, target, numbers, time.GetUtcNow());
            await database.Messages.InsertOneAsync(copy);
            if (await TryTakeSourceAsync(change))
            {
                await database.Journal.InsertOneAsync(JournalEntry.Exists(copy, time.GetUtcNow().UtcDateTime));
                moved = copy;
            }
            else
            {
                await database.Messages.DeleteOneAsync(Filter.Eq("_id", change.Copy.Id));
            }
        });
        if (moved is not null)
        {
            await announcer.ChangedAsync(target.Id, change.Message.User, 1, moved.IsTrue("unseen") ? 1 : 0);
            await expunger.AnnounceAsync(change.Message.Mailbox, [change.Message], CancellationToken.None);
        }

        await changes.RemoveAsync(change);
        return moved;
    }

    /// <summary>
    /// Completes a move that was broken off, or undoes it where the message was changed since. Repeating it changes
    /// nothing.
    /// </summary>
    public async Task CompleteAsync(MessageChange change)
    {
        var copy = await FindAsync(Filter.Eq("_id", change.Copy!.Id));
        var source = await FindAsync(Place(change.Message));
        var isTaken = source is null
            ? !await expunger.IsAnnouncedByOthersAsync(change.Message, CancellationToken.None)
            : copy is not null && await TryTakeSourceAsync(change);
        if (isTaken)
        {
            await FinishAsync(change);
        }
        else if (copy is not null)
        {
            await WithdrawAsync(copy);
        }

        await changes.RemoveAsync(change);
    }

    private async Task FinishAsync(MessageChange change)
    {
        var copy = change.Copy!;
        await journal.RunAsync(copy.Mailbox, copy.Id, CancellationToken.None);
        await announcer.MayHaveChangedAsync(copy.Mailbox, change.Message.User);
        await expunger.AnnounceAsync(change.Message.Mailbox, [change.Message], CancellationToken.None);
    }

    // Open sessions may have seen the copy, though nobody told them of it.
    private async Task WithdrawAsync(BsonDocument copy)
    {
        var message = RemovableMessage.From(copy);
        if ((await database.Messages.DeleteOneAsync(Place(message))).DeletedCount > 0)
        {
            await expunger.AnnounceAsync(message.Mailbox, [message], CancellationToken.None);
            await announcer.MayHaveChangedAsync(message.Mailbox, message.User);
        }
    }

    private async Task<bool> TryTakeSourceAsync(MessageChange change) =>
        await database.Messages.FindOneAndDeleteAsync(Place(change.Message) & Filter.Eq("modseq", change.Modseq)) is not null;

    private Task<BsonDocument?> FindAsync(FilterDefinition<BsonDocument> filter) =>
        database.Messages.Find(filter).FirstOrDefaultAsync()!;

    private static FilterDefinition<BsonDocument> Place(RemovableMessage message) =>
        Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
}
