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
            await database.Messages.DeleteManyAsync(
                Filter.In("_id", batch.Where((_, index) => !isTaken[index]).Select(move => move.Change.Copy!.Id)));
        }

        return results;
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
        (await database.Messages.DeleteOneAsync(Place(change.Message) & Filter.Eq("modseq", change.Modseq))).DeletedCount > 0;

    private Task<BsonDocument?> FindAsync(FilterDefinition<BsonDocument> filter) =>
        database.Messages.Find(filter).FirstOrDefaultAsync()!;

    private static FilterDefinition<BsonDocument> Place(RemovableMessage message) =>
        Filter.Eq("_id", message.Id) & Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid);
}
