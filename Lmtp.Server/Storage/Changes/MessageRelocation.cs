using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Puts copies of messages into another mailbox and takes the messages away. First the copy, then the removal: whatever
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
    /// Does moves out of one mailbox that have just begun, in turn with what is written into the target. Returns each message
    /// in its new place, null where somebody else changed, moved or removed it first, or the target is gone.
    /// </summary>
    /// <exception cref="TimeoutException">
    /// Another server has taken over moves meanwhile, and knows what becomes of their messages.
    /// </exception>
    public async Task<IReadOnlyList<BsonDocument?>> RunAsync(IReadOnlyList<MessageMove> batch, Mailbox target)
    {
        IReadOnlyList<BsonDocument?> results = new BsonDocument?[batch.Count];
        await writer.RunAsync(target.Id, async () =>
        {
            if (await mailboxes.TakeUidsAsync(target.Id, batch.Count, CancellationToken.None) is { } numbers)
            {
                results = await WriteAsync(batch, target, numbers);
            }
        });
        var moved = results.OfType<BsonDocument>().ToList();
        if (moved.Count > 0)
        {
            var source = batch[0].Change.Message;
            var gone = batch.Where((_, index) => results[index] is not null).Select(move => move.Change.Message).ToList();
            await announcer.ChangedAsync(target.Id, source.User, moved.Count, moved.Count(copy => copy.IsTrue("unseen")));
            await expunger.AnnounceAsync(source.Mailbox, gone, CancellationToken.None);
        }

        await changes.RemoveAsync([.. batch.Select(move => move.Change)]);
        return results;
    }

    /// <summary>
    /// Completes a move that was broken off, or undoes it where the message was changed since. Repeating it changes
    /// nothing. False where the message goes in this very moment, and whether by us shows only later.
    /// </summary>
    public async Task<bool> CompleteAsync(MessageChange change)
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
            if (source is not null && await IsGoneAsync(change.Message))
            {
                return false;
            }

            await WithdrawAsync(copy);
        }

        await changes.RemoveAsync(change);
        return true;
    }

    // The copies first, then the removals, then the announcement of what was moved.
    private async Task<IReadOnlyList<BsonDocument?>> WriteAsync(IReadOnlyList<MessageMove> batch, Mailbox target, UidRange numbers)
    {
        var now = time.GetUtcNow();
        var copies = batch
            .Select((move, index) => MovedMessage.ToDocument(move.Message, move.Change.Copy!.Id, target, numbers.Skip(index), now))
            .ToList();
        await database.Messages.InsertManyAsync(copies);
        var isTaken = await Task.WhenAll(batch.Select(move => TryTakeSourceAsync(move.Change)));
        var results = copies.Select((copy, index) => isTaken[index] ? copy : null).ToList();
        if (isTaken.Contains(true))
        {
            var created = time.GetUtcNow().UtcDateTime;
            await database.Journal.InsertOnceAsync(results.OfType<BsonDocument>().Select(copy => JournalEntry.Exists(copy, created)));
        }

        if (isTaken.Contains(false))
        {
            await UndoAsync([.. batch.Where((_, index) => !isTaken[index]).Select(move => move.Change)]);
        }

        return results;
    }

    // Whoever has taken over a move may have taken the message away for the copy's sake: then the copy is all there is.
    private async Task UndoAsync(IReadOnlyList<MessageChange> failed)
    {
        var own = await changes.RenewAsync(failed);
        var undone = new List<ObjectId>();
        foreach (var change in failed)
        {
            if (own.Contains(change.Id) || await IsLeftAsync(change))
            {
                undone.Add(change.Copy!.Id);
            }
        }

        if (undone.Count > 0)
        {
            await database.Messages.DeleteManyAsync(Filter.In("_id", undone));
        }

        if (undone.Count < failed.Count)
        {
            throw new TimeoutException("This server was held up; another one has taken over the moves that it had begun.");
        }
    }

    // A copy that nobody waits for: the message is still there, or went otherwise after the move was given up without it.
    private async Task<bool> IsLeftAsync(MessageChange change) =>
        !await IsGoneAsync(change.Message)
        || (!await changes.IsPendingAsync(change)
            && !await database.Journal.Find(Filter.Eq("_id", change.Copy!.Id)).AnyAsync());

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
        (await database.Messages.DeleteOneAsync(Place(change.Message) & Filter.Eq("modseq", change.Modseq))).DeletedCount > 0;

    private async Task<bool> IsGoneAsync(RemovableMessage message) => !await database.Messages.Find(Place(message)).AnyAsync();

    private Task<BsonDocument?> FindAsync(FilterDefinition<BsonDocument> filter) =>
        database.Messages.Find(filter).FirstOrDefaultAsync()!;

    private static FilterDefinition<BsonDocument> Place(RemovableMessage message) =>
        Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
}
