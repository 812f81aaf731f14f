using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>
/// Ends the delivery of a message that the mailbox has already: the same Message-ID and Date. A message without a
/// Message-ID of its own is never a duplicate.
/// </summary>
internal sealed class DuplicateStage(MessageStore messages, IOptionsMonitor<DeliveryOptions> options) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        if (!options.CurrentValue.SuppressDuplicates
            || message.IsStored
            || message.Message.MessageId is not { } messageId
            || message.Message.HeaderDate is not { } date)
        {
            return null;
        }

        return await messages.FindDuplicateAsync(recipient.Mailbox!.Id, messageId, date, cancellationToken) is { } existing
            ? new DeliveryOutcome(DeliveryStatus.Duplicate, existing.ToString())
            : null;
    }
}
