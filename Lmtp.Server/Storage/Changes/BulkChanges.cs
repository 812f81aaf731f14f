using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Changes many messages of a mailbox, a batch at a time, each as if it were changed alone: what has been done stands, whatever
/// becomes of the rest.
/// </summary>
internal sealed class BulkChanges(
    MessageStore messages, MessageFlagWriter flags, MessageMover mover, MessageRemover remover)
{
    // Deliveries to the same mailbox wait for a batch, and its messages are in memory.
    private const int MaxBatch = 64;
    private const long MaxBatchBytes = 24L * 1024 * 1024;

    /// <summary>Changes the flags of messages.</summary>
    public Task<IReadOnlyList<BulkChange>> UpdateAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, MessageFlagChanges changes, CancellationToken cancellationToken) =>
        RunAsync(
            mailbox,
            ids,
            batch => flags.UpdateAsync(mailbox, batch, changes, cancellationToken),
            id => flags.UpdateAsync(mailbox.User, id, changes, modseq: null, cancellationToken),
            cancellationToken);

    /// <summary>Moves messages to another mailbox of the same user.</summary>
    public Task<IReadOnlyList<BulkChange>> MoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, Mailbox target, CancellationToken cancellationToken) =>
        RunAsync(
            mailbox,
            ids,
            batch => mover.MoveAsync(mailbox, batch, target, cancellationToken),
            id => mover.MoveAsync(mailbox.User, id, target, modseq: null, cancellationToken),
            cancellationToken);

    /// <summary>Deletes messages.</summary>
    public async Task<IReadOnlyList<BulkChange>> RemoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, CancellationToken cancellationToken)
    {
        var changes = await RunAsync(
            mailbox,
            ids,
            batch => remover.RemoveAsync(mailbox, batch, cancellationToken),
            id => remover.RemoveAsync(mailbox.User, id, modseq: null, cancellationToken),
            cancellationToken);
        return [.. changes.Select(change => change with { After = null })];
    }

    private async Task<IReadOnlyList<BulkChange>> RunAsync(
        Mailbox mailbox,
        IReadOnlyList<ObjectId> ids,
        Func<IReadOnlyList<ObjectId>, Task<IReadOnlyDictionary<ObjectId, MessageSummary>>> changeBatch,
        Func<ObjectId, Task<MessageSummary?>> changeOne,
        CancellationToken cancellationToken)
    {
        var found = await messages.FindSummariesAsync(mailbox, ids, cancellationToken);
        var done = new Dictionary<ObjectId, MessageSummary?>();
        try
        {
            foreach (var batch in InBatches([.. ids.Where(found.ContainsKey).Select(id => found[id])]))
            {
                foreach (var (id, after) in await changeBatch(batch))
                {
                    done.Add(id, after);
                }

                // Others are, or were, at these; each waits its turn.
                foreach (var id in batch.Where(id => !done.ContainsKey(id)))
                {
                    done.Add(id, await changeOne(id));
                }
            }
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException or OperationCanceledException)
        {
            // The caller has to learn what was done, and what may have been. What is left would hardly fare better.
        }

        return [.. ids.Select(id => Result(id, found, done))];
    }

    // Of a message whose change was broken off nobody knows yet what it comes to: it is named to the audit log all the same.
    private static BulkChange Result(
        ObjectId id, IReadOnlyDictionary<ObjectId, MessageSummary> found, Dictionary<ObjectId, MessageSummary?> done)
    {
        if (!found.TryGetValue(id, out var before))
        {
            return new BulkChange(id, BulkChangeStatus.NotFound, null, null);
        }

        return !done.TryGetValue(id, out var after) ? new BulkChange(id, BulkChangeStatus.Failed, before, null)
            : after is null ? new BulkChange(id, BulkChangeStatus.NotFound, null, null)
            : new BulkChange(id, BulkChangeStatus.Done, before, after);
    }

    private static IEnumerable<IReadOnlyList<ObjectId>> InBatches(IReadOnlyList<MessageSummary> messages)
    {
        var batch = new List<ObjectId>();
        var bytes = 0L;
        foreach (var message in messages)
        {
            if (batch.Count == MaxBatch || (batch.Count > 0 && bytes + message.Size > MaxBatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(message.Id);
            bytes += message.Size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
