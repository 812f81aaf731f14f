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
    /// <summary>Takes back all counts of a delivery that stored nothing, then closes its claim.</summary>
    public async Task AbortAsync(BsonBinaryData key, DeliveryPlan plan, int epoch, CancellationToken cancellationToken)
    {
        await usedStorage.TakeBackAsync(plan, key, cancellationToken);
        await attachments.ReleaseAsync(plan, key, cancellationToken);
        await outgoing.UndoAsync(plan, cancellationToken);
        await claims.MarkAbortedAsync(key, epoch, cancellationToken);
    }

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
            await committed.CompleteJournalAsync(plan, cancellationToken);
            await announcer.MayHaveChangedAsync(plan.Mailbox, plan.User);
            await register.AddAsync(plan.User, plan.Correspondents, cancellationToken);
        }

        await outgoing.ResumeAsync(plan, cancellationToken);
        await claims.MarkStoredAsync(key, epoch, cancellationToken);
        return true;
    }
}
