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
    /// <summary>
    /// Announces removed messages of one mailbox, in turn with what is written into it: their journal entries must not
    /// overtake those of messages with lower numbers. Nothing is done for a mailbox that is gone itself.
    /// </summary>
    public Task AnnounceAsync(
        ObjectId mailbox, IReadOnlyList<RemovableMessage> messages, CancellationToken cancellationToken) =>
        writer.RunAsync(mailbox, () => WriteJournalAsync(mailbox, messages, cancellationToken));

    private async Task WriteJournalAsync(
        ObjectId mailbox, IReadOnlyList<RemovableMessage> messages, CancellationToken cancellationToken)
    {
        if (await mailboxes.TakeModseqAsync(mailbox, cancellationToken) is not { } modseq)
        {
            return;
        }

        var now = time.GetUtcNow().UtcDateTime;
        await database.Journal.InsertManyAsync(
            messages.Select(message => JournalEntry.Expunge(message, modseq, now)),
            new InsertManyOptions { IsOrdered = false },
            cancellationToken);
        await announcer.ChangedAsync(
            mailbox, messages[0].User, -messages.Count, -messages.Count(message => message.IsUnseen));
    }
}
