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
            mailbox, ids, before => flags.UpdateAsync(mailbox.User, before.Id, changes, modseq: null, cancellationToken), cancellationToken);

    /// <summary>Moves messages to another mailbox of the same user.</summary>
    public Task<IReadOnlyList<BulkChange>> MoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, Mailbox target, CancellationToken cancellationToken) =>
        RunAsync(
            mailbox, ids, before => mover.MoveAsync(mailbox.User, before.Id, target, modseq: null, cancellationToken), cancellationToken);

    /// <summary>Deletes messages.</summary>
    public async Task<IReadOnlyList<BulkChange>> RemoveAsync(
        Mailbox mailbox, IReadOnlyList<ObjectId> ids, CancellationToken cancellationToken)
    {
        var changes = await RunAsync(
            mailbox, ids, before => remover.RemoveAsync(mailbox.User, before.Id, modseq: null, cancellationToken), cancellationToken);
        return [.. changes.Select(change => change with { After = null })];
    }

    private async Task<IReadOnlyList<BulkChange>> RunAsync(
        Mailbox mailbox,
        IReadOnlyList<ObjectId> ids,
        Func<MessageSummary, Task<MessageSummary?>> change,
        CancellationToken cancellationToken)
    {
        var found = await messages.FindSummariesAsync(mailbox, ids, cancellationToken);
        var changes = new List<BulkChange>(ids.Count);
        foreach (var id in ids)
        {
            try
            {
                changes.Add(found.GetValueOrDefault(id) is { } before && await change(before) is { } after
                    ? new BulkChange(id, BulkChangeStatus.Done, before, after)
                    : new BulkChange(id, BulkChangeStatus.NotFound, null, null));
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
