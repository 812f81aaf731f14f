using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Lists the message's keywords among those of its mailbox, which IMAP announces on SELECT.</summary>
internal sealed class KeywordStage(MailboxStore mailboxes) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var keywords = recipient.Flags.Where(flag => !flag.StartsWith('\\')).ToList();
        if (keywords.Count > 0 && !message.IsDryRun)
        {
            await mailboxes.AddKeywordsAsync(recipient.Mailbox!.Id, keywords, cancellationToken);
        }

        return null;
    }
}
