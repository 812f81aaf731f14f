using Lmtp.Server.Storage.Upkeep;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Tells IMAP sessions that messages are gone: journal, counters, notification. Specification sections 2.9 and 9.</summary>
internal sealed partial class MailboxExpunger(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxWriter writer,
    MailboxCounters counters,
    ChangeNotifier notifier,
    TimeProvider time,
    ILogger<MailboxExpunger> logger)
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
        try
        {
            await counters.AddAsync(mailbox, -messages.Count, -messages.Count(message => message.IsUnseen));
            await notifier.NotifyAsync(messages[0].User, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotAnnounced(mailbox, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Open IMAP sessions of mailbox {Mailbox} were not told of removed messages")]
    private partial void LogNotAnnounced(ObjectId mailbox, Exception exception);
}
