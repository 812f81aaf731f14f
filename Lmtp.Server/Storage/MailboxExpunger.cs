using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Tells IMAP sessions that messages are gone: journal, counters, notification. Specification sections 2.9 and 9.</summary>
internal sealed class MailboxExpunger(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxWriter writer,
    MailboxAnnouncer announcer,
    TimeProvider time)
{
    private static readonly FilterDefinitionBuilder<BsonDocument> Filter = Builders<BsonDocument>.Filter;

    /// <summary>
    /// Announces removed messages of one mailbox, in turn with what is written into it: their journal entries must not
    /// overtake those of messages with lower numbers. Once is enough. Nothing is done for a mailbox that is gone itself.
    /// </summary>
    public Task AnnounceAsync(
        ObjectId mailbox, IReadOnlyList<RemovableMessage> messages, CancellationToken cancellationToken) =>
        writer.RunAsync(mailbox, () => WriteJournalAsync(mailbox, messages, cancellationToken));

    /// <summary>Whether somebody else removed the message and said so: WildDuck, or another removal of ours.</summary>
    public Task<bool> IsAnnouncedByOthersAsync(RemovableMessage message, CancellationToken cancellationToken) =>
        database.Journal
            .Find(Filter.Eq("mailbox", message.Mailbox) & Filter.Eq("uid", message.Uid) & Filter.Eq("command", JournalEntry.ExpungeCommand)
                & Filter.Ne("_id", message.Token))
            .AnyAsync(cancellationToken);

    private async Task WriteJournalAsync(
        ObjectId mailbox, IReadOnlyList<RemovableMessage> messages, CancellationToken cancellationToken)
    {
        if (await mailboxes.TakeModseqAsync(mailbox, cancellationToken) is not { } modseq)
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime;
        try
        {
            await database.Journal.InsertManyAsync(
                messages.Select(message => JournalEntry.Expunge(message, modseq, now)),
                new InsertManyOptions { IsOrdered = false },
                cancellationToken);
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            // An earlier attempt wrote them; whether it came to count them nobody knows.
            await announcer.MayHaveChangedAsync(mailbox, messages[0].User);
            return;
        }

        await announcer.ChangedAsync(
            mailbox, messages[0].User, -messages.Count, -messages.Count(message => message.IsUnseen));
    }
}
