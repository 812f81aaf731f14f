using Lmtp.Server.Delivery.Limits;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Counts the bytes of the message, and puts it off where a limit is reached.</summary>
internal sealed class RateLimitStage(DeliveryLimits limits) : IDeliveryStage
{
    public async ValueTask<DeliveryOutcome?> ApplyAsync(
        MessageContext message, RecipientContext recipient, CancellationToken cancellationToken)
    {
        var result = await limits.CheckMessageAsync(message, recipient, cancellationToken);
        recipient.Limits.AddRange(RateLimitTexts.ReadingsOf(result));
        return result.IsAllowed
            ? null
            : new DeliveryOutcome(
                RateLimitTexts.StatusOf(result),
                Detail: result.Exceeded is { } limit
                    ? $"{limit.Request.Limit.Text} (try again in {Math.Max(1, (long)Math.Ceiling(limit.Wait.TotalSeconds))} s)"
                    : null);
    }
}
