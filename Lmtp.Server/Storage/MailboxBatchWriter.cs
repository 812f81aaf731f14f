using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage;

/// <summary>Writes the messages of one batch: numbers, messages, journal, counters, notification. Specification section 8.</summary>
internal sealed partial class MailboxBatchWriter(
    MailDatabase database,
    MailboxStore mailboxes,
    MailboxAnnouncer announcer,
    TimeProvider time,
    ILogger<MailboxBatchWriter> logger)
{
    private const int DuplicateKey = 11000;
    private const int ObjectTooLarge = 10334;
    private const int NestedTooDeep = 15;

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
        var journalFailure = await WriteJournalAsync(stored);

        // Whoever waits for a message waits for the announcement too; the next batch does not.
        var announced = AnnounceAsync(mailbox, stored);
        for (var i = 0; i < batch.Count; i++)
        {
            Complete(batch[i], failures.GetValueOrDefault(i) ?? journalFailure, announced);
        }
    }

    private static void Complete(PendingWrite write, Exception? failure, Task announced)
    {
        if (failure is null)
        {
            write.Completion.TrySetResult(new MailboxWriteResult(MailboxWriteStatus.Stored)
            {
                Uid = write.Message["uid"].AsInt32,
                Modseq = write.Message["modseq"].AsInt32,
                Announced = announced,
            });
        }
        else if (Expected(failure) is { } status)
        {
            write.Completion.TrySetResult(new MailboxWriteResult(status));
        }
        else
        {
            write.Completion.TrySetException(failure);
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

    // A stored message without its entry is not done: its claim stays open, and whoever finishes it writes the entry.
    private async Task<Exception?> WriteJournalAsync(List<PendingWrite> stored)
    {
        if (stored.Count == 0)
        {
            return null;
        }

        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            await database.Journal.InsertManyAsync(
                stored.Select(write => JournalEntry.Exists(write.Message, now)),
                new InsertManyOptions { IsOrdered = false });
            return null;
        }
        catch (MongoBulkWriteException<BsonDocument> exception)
            when (exception.WriteConcernError is null
                && exception.WriteErrors.All(error => error.Category == ServerErrorCategory.DuplicateKey))
        {
            // An earlier attempt wrote them.
            return null;
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            LogNoJournal(stored.Count, exception);
            return new MongoException("A message is stored and its journal entry is not.", exception);
        }
    }

    private Task AnnounceAsync(ObjectId mailbox, List<PendingWrite> stored) =>
        stored.Count == 0
            ? Task.CompletedTask
            : announcer.ChangedAsync(
                mailbox,
                stored[0].Message["user"].AsObjectId,
                stored.Count,
                stored.Count(write => write.Message.IsTrue("unseen")));

    [LoggerMessage(1, LogLevel.Error, "{Count} stored messages have no journal entry yet: open IMAP sessions do not see them")]
    private partial void LogNoJournal(int count, Exception exception);
}
