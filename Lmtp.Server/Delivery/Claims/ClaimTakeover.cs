using Lmtp.Server.Delivery.Encrypting;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Claims;

/// <summary>
/// What becomes of a delivery that was begun before: by an attempt whose answer was lost, by a process that died, or by
/// another server just now.
/// </summary>
internal sealed class ClaimTakeover(
    ClaimStore claims,
    ClaimRecovery recovery,
    UserStore users,
    MailboxStore mailboxes,
    EncryptionPlanner encryption,
    TimeProvider time)
{
    private const int MaxLooks = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// An answer, where the other attempt stored the message or is still at it; null where the delivery is ours now and
    /// goes on by the plan that was made then.
    /// </summary>
    public async Task<DeliveryOutcome?> TryAsync(
        MessageContext message, DeliveryJob job, DeliveryClaim claim, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            if (claim.State == ClaimState.Stored)
            {
                return PlannedAnswer.Of(claim.Plan);
            }

            if (claim.State == ClaimState.Aborted)
            {
                return new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
            }

            if (claim.LeaseUntil <= time.GetUtcNow())
            {
                return await ContinueAsync(message, job, claim, cancellationToken);
            }

            if (look == MaxLooks)
            {
                return new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
            }

            await Task.Delay(Pause, time, cancellationToken);
            claim = (await claims.FindAsync([claim.Key], cancellationToken)).SingleOrDefault() ?? claim;
        }
    }

    /// <summary>Claims a delivery that was undone before, with a new plan; false when somebody else was faster.</summary>
    public async Task<bool> TryReopenAsync(DeliveryJob job, DeliveryClaim aborted, CancellationToken cancellationToken)
    {
        if (!await claims.ReopenAsync(aborted, job.Plan!, cancellationToken))
        {
            return false;
        }

        job.Epoch = aborted.Epoch + 1;
        return true;
    }

    private async Task<DeliveryOutcome?> ContinueAsync(
        MessageContext message, DeliveryJob job, DeliveryClaim claim, CancellationToken cancellationToken)
    {
        if (!await claims.TakeOverAsync(claim, cancellationToken))
        {
            return new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
        }

        var plan = claim.Plan;
        var epoch = claim.Epoch + 1;
        if (await recovery.TryFinishAsync(claim.Key, plan, epoch, cancellationToken))
        {
            return PlannedAnswer.Of(plan);
        }

        var user = job.Recipient.IsForwarding ? null : await users.GetAsync(plan.User, cancellationToken);
        var mailbox = plan.StoresMessage ? await mailboxes.GetAsync(plan.User, plan.Mailbox, cancellationToken) : null;
        if ((user is null && !job.Recipient.IsForwarding) || (mailbox is null && plan.StoresMessage))
        {
            await recovery.AbortAsync(claim.Key, plan, epoch, cancellationToken);
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }

        job.Context = ToContext(message, job, plan, user, mailbox);
        if (!await encryption.TryRepeatAsync(message, job.Context, plan, job.Trace, cancellationToken))
        {
            await recovery.AbortAsync(claim.Key, plan, epoch, cancellationToken);
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }

        job.Plan = plan;
        job.Epoch = epoch;
        return null;
    }

    private static RecipientContext ToContext(
        MessageContext message, DeliveryJob job, DeliveryPlan plan, MailUser? user, Mailbox? mailbox)
    {
        var copy = MessageCopy.Create(message.Message, job.Recipient.Address, message.Sender, plan.IsFirst);
        var context = new RecipientContext(job.Recipient, copy, plan.Received)
        {
            MessageId = plan.MessageId,
            User = user,
            Mailbox = mailbox,
        };
        if (plan.AddedFields.Count > 0)
        {
            context.AddFields(plan.AddedFields);
        }

        context.Flags.AddRange(plan.Flags);
        return context;
    }
}
