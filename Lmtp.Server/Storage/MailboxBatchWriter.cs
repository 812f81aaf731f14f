using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Writes the messages of one batch: numbers, messages, journal, counters, notification. Specification section 8.</summary>
internal sealed partial class MailboxBatchWriter(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxCounters counters,
    ChangeNotifier notifier,
    TimeProvider time,
    ILogger<MailboxBatchWriter> logger)
{
    private const int DuplicateKey = 11000;
    private const int ObjectTooLarge = 10334;
    private const int NestedTooDeep = 15;
    private static readonly TimeSpan NotifyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Completes every write of the batch, with a result or with the exception that the database gave for it.</summary>
    public async Task WriteAsync(ObjectId mailbox, IReadOnlyList<PendingWrite> batch)
    {
        var range = await mailboxes.TakeUidsAsync(mailbox, batch.Count, CancellationToken.None);
        if (range is not { } numbers)
        {
            foreach (var write in batch)
            {
                write.Completion.TrySetResult(new MailboxWriteResult(MailboxWriteStatus.MailboxMissing));
            }

            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Message["uid"] = numbers.FirstUid + i;
            batch[i].Message["modseq"] = numbers.FirstModseq + i;
        }

        var failures = await InsertAsync(batch);
        var stored = batch.Where((_, index) => !failures.ContainsKey(index)).ToList();
        await WriteJournalAsync(stored);
        Complete(batch, failures);
        if (stored.Count > 0)
        {
            await AnnounceAsync(mailbox, stored);
        }
    }

    private static void Complete(IReadOnlyList<PendingWrite> batch, Dictionary<int, Exception> failures)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (!failures.TryGetValue(i, out var failure))
            {
                batch[i].Completion.TrySetResult(new MailboxWriteResult(
                    MailboxWriteStatus.Stored, batch[i].Message["uid"].AsInt32, batch[i].Message["modseq"].AsInt32));
            }
            else if (Expected(failure) is { } status)
            {
                batch[i].Completion.TrySetResult(new MailboxWriteResult(status));
            }
            else
            {
                batch[i].Completion.TrySetException(failure);
            }
        }
    }

    private static MailboxWriteStatus? Expected(Exception failure) => failure switch
    {
        MongoWriteException { WriteError.Category: ServerErrorCategory.DuplicateKey } => MailboxWriteStatus.AlreadyThere,
        MongoWriteException { WriteError.Code: DuplicateKey } => MailboxWriteStatus.AlreadyThere,
        MongoWriteException { WriteError.Code: ObjectTooLarge } => MailboxWriteStatus.TooLarge,
        MongoWriteException { WriteError.Code: NestedTooDeep } => MailboxWriteStatus.TooDeep,
        MongoCommandException { Code: ObjectTooLarge } => MailboxWriteStatus.TooLarge,
        MongoCommandException { Code: NestedTooDeep } => MailboxWriteStatus.TooDeep,
        FormatException => MailboxWriteStatus.TooLarge,
        _ => null,
    };

    // Each message by a call of its own: the insert commands travel on connections of the pool at the same time, the
    // database acknowledges them with one flush, and a message that it refuses does not touch the others.
    private async Task<Dictionary<int, Exception>> InsertAsync(IReadOnlyList<PendingWrite> batch)
    {
        var failures = new Dictionary<int, Exception>();
        var inserts = batch.Select(write => database.Messages.InsertOneAsync(write.Message)).ToList();
        for (var i = 0; i < inserts.Count; i++)
        {
            try
            {
                await inserts[i];
            }
            catch (Exception exception)
            {
                failures[i] = exception;
            }
        }

        return failures;
    }

    private async Task WriteJournalAsync(List<PendingWrite> stored)
    {
        if (stored.Count == 0)
        {
            return;
        }

        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            await database.Journal.InsertManyAsync(
                stored.Select(write => JournalEntry.Exists(write.Message, now)),
                new InsertManyOptions { IsOrdered = false });
        }
        catch (MongoException exception)
        {
            LogNoJournal(stored.Count, exception);
        }
    }

    private async Task AnnounceAsync(ObjectId mailbox, List<PendingWrite> stored)
    {
        try
        {
            using var timeout = new CancellationTokenSource(NotifyTimeout, time);
            var unseen = stored.Count(write => write.Message.IsTrue("unseen"));
            await counters.AddAsync(mailbox, stored.Count, unseen).WaitAsync(timeout.Token);
            await notifier.NotifyAsync(stored[0].Message["user"].AsObjectId, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogNotAnnounced(mailbox, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Count} stored messages have no journal entry: open IMAP sessions do not see them")]
    private partial void LogNoJournal(int count, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Open IMAP sessions of mailbox {Mailbox} were not told of new messages")]
    private partial void LogNotAnnounced(ObjectId mailbox, Exception exception);
}
