namespace Lmtp.Server.Delivery.Stages;

/// <summary>
/// One step between reception and storage. Stages run in the order in which the registration lists them; each sees the
/// immutable message and what those before it left in the recipient's context.
/// </summary>
internal interface IDeliveryStage
{
    /// <summary>
    /// Looks at the message for one recipient. An outcome ends the delivery with it; null goes on to the next stage.
    /// </summary>
    ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken);
}
