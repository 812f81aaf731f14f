using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Chooses the mailbox: the one that a stage before has chosen, else INBOX.</summary>
internal sealed class MailboxStage(MailboxStore mailboxes) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        recipient.Mailbox ??= await mailboxes.FindInboxAsync(recipient.User!.Id, cancellationToken);
        return recipient.Mailbox is null
            ? new DeliveryOutcome(DeliveryStatus.TemporaryFailure, Detail: "Mailbox is missing")
            : null;
    }
}
