using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Storage.Changes;

/// <summary>
/// Changes many messages of a mailbox, one after the other, each as if it were changed alone: what has been done stands,
/// whatever becomes of the rest.
/// </summary>
internal sealed class BulkChanges(
    MessageStore messages, MessageFlagWriter flags, MessageMover mover, MessageRemover remover)
{
    /// <summary>Changes the flags of messages.</summary>
    public Task<IReadOnlyList<BulkChange>> UpdateAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, MessageFlagChanges changes, CancellationToken cancellationToken) =>
        RunAsync(
            mailbox, ids, found => flags.UpdateAsync(mailbox.User, found.Id, changes, modseq: null, cancellationToken), cancellationToken);

    /// <summary>Moves messages to another mailbox of the same user.</summary>
    public Task<IReadOnlyList<BulkChange>> MoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, Mailbox target, CancellationToken cancellationToken) =>
        RunAsync(
            mailbox, ids, found => mover.MoveAsync(mailbox.User, found.Id, target, modseq: null, cancellationToken), cancellationToken);

    /// <summary>Deletes messages.</summary>
    public async Task<IReadOnlyList<BulkChange>> RemoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, CancellationToken cancellationToken)
    {
        var changes = await RunAsync(
            mailbox, ids, found => remover.RemoveAsync(mailbox.User, found.Id, modseq: null, cancellationToken), cancellationToken);
        return [.. changes.Select(change => change with { After = null })];
    }

    private async Task<IReadOnlyList<BulkChange>> RunAsync(
        Mailbox mailbox,
        IReadOnlyList<ObjectId> ids,
        Func<MessageSummary, Task<MessageSummary?>> change,
        CancellationToken cancellationToken)
    {
        var changes = new List<BulkChange>(ids.Count);
        foreach (var id in ids)
        {
            try
            {
                var found = await messages.GetSummaryAsync(mailbox.User, id, cancellationToken);
                var after = found?.Mailbox == mailbox.Id ? await change(found) : null;
                changes.Add(after is null
                    ? new BulkChange(id, BulkChangeStatus.NotFound, null, null)
                    : new BulkChange(id, BulkChangeStatus.Done, found, after));
            }
            catch (Exception exception)
                when (changes.Count > 0 && (exception is MongoException or TimeoutException or OperationCanceledException))
            {
                // The caller has to learn what was done. What is left would hardly fare better.
                changes.AddRange(ids.Skip(changes.Count).Select(left => new BulkChange(left, BulkChangeStatus.Failed, null, null)));
                break;
            }
        }

        return changes;
    }
}
