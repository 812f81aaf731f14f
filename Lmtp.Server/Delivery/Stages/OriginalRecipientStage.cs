using Microsoft.Extensions.Options;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Writes the recipient before aliases were expanded (ORCPT, RFC 3461) into the message, where that is asked for.</summary>
internal sealed class OriginalRecipientStage(IOptionsMonitor<DeliveryOptions> options) : IDeliveryStage
{
    private const string Field = "X-Original-To";

    public ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.AddOriginalRecipient
            && OriginalRecipient.AddressOf(recipient.Recipient.OriginalRecipient) is { Length: > 0 } address
            && !address.Any(char.IsControl))
        {
            recipient.AddFields([(Field, address)]);
        }

        return ValueTask.FromResult<DeliveryOutcome?>(null);
    }
}
