using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Storage;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>Finishes or undoes what a delivery has changed. Everything here may be repeated.</summary>
internal sealed class ClaimRecovery(
    ClaimStore claims,
    UsedStorage usedStorage,
    AttachmentStore attachments,
    CommittedMessages committed,
    OutgoingDelivery outgoing,
    AddressRegister register,
    MailboxAnnouncer announcer)
{
    /// <summary>
    /// Takes back all counts of a delivery that stored nothing, then closes its claim. Where the claim has changed hands
    /// uploads are left: a server that was held up may still add the file to the chunks, which then has to be whole.
    /// </summary>
    public async Task AbortAsync(BsonBinaryData key, DeliveryPlan plan, int epoch, CancellationToken cancellationToken)
    {
        await usedStorage.TakeBackAsync(plan, key, cancellationToken);
        var isWhole = await attachments.ReleaseAsync(plan, key, cancellationToken);
        if (!isWhole && epoch == 0)
        {
            await RemoveUploadsAsync(key, plan, cancellationToken);
        }

        await outgoing.UndoAsync(plan, cancellationToken);
        await claims.MarkAbortedAsync(key, epoch, cancellationToken);
    }

    /// <summary>
    /// Counts a stored message whose counts somebody has taken back who did not see it. Only while its claim is not
    /// settled: the token tells whether it is counted.
    /// </summary>
    public async Task EnsureCountedAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        await usedStorage.AddAsync(plan, key, long.MaxValue, cancellationToken);
        await attachments.EnsureCountedAsync(plan, key, cancellationToken);
    }

    /// <summary>
    /// Counts a stored message for good whose claim changed hands: the server that had lost it may have taken its counts
    /// back, and cannot do so any more. May be repeated until the settled tokens are removed.
    /// </summary>
    public async Task SettleAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        await usedStorage.SettleAsync(plan, key, cancellationToken);
        await attachments.SettleAsync(plan, key, cancellationToken);
    }

    /// <summary>Takes back what was settled after somebody else had settled it and had removed the settled tokens.</summary>
    public async Task UnsettleAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        await usedStorage.TakeBackSettledAsync(plan, key, cancellationToken);
        await attachments.ReleaseSettledAsync(plan, key, cancellationToken);
    }

    /// <summary>
    /// Takes back what was counted for a stored message after its claim was settled: a server that was held up has
    /// counted it a second time.
    /// </summary>
    public async Task TakeBackLateAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken)
    {
        await usedStorage.TakeBackAsync(plan, key, cancellationToken);
        await attachments.ReleaseAsync(plan, key, cancellationToken);
    }

    /// <summary>Removes what an upload has left that nobody will end.</summary>
    public Task RemoveUploadsAsync(BsonBinaryData key, DeliveryPlan plan, CancellationToken cancellationToken) =>
        attachments.RemoveUploadsAsync(plan, key, cancellationToken);

    /// <summary>Does what follows the storing of a message, where it is stored; false where it is not.</summary>
    public async Task<bool> TryFinishAsync(
        BsonBinaryData key, DeliveryPlan plan, int epoch, CancellationToken cancellationToken)
    {
        var isCommitted = plan.StoresMessage
            ? await committed.ContainsAsync(plan, cancellationToken)
            : await claims.IsCommittedAsync(key, cancellationToken);
        if (!isCommitted)
        {
            return false;
        }

        if (plan.StoresMessage)
        {
            await EnsureCountedAsync(key, plan, cancellationToken);
            await committed.CompleteJournalAsync(plan, cancellationToken);
            await announcer.MayHaveChangedAsync(plan.Mailbox, plan.User);
            await register.AddAsync(plan.User, plan.Correspondents, cancellationToken);
        }

        await outgoing.ResumeAsync(plan, cancellationToken);
        await claims.MarkStoredAsync(key, epoch, cancellationToken);
        return true;
    }
}
