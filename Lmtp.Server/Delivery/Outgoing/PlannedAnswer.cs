using Lmtp.Server.Storage;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>What is answered when all that a plan says is done.</summary>
internal static class PlannedAnswer
{
    public static DeliveryOutcome Of(DeliveryPlan plan) => plan.Unstored is { } outcome
        ? new DeliveryOutcome(DeliveryStatusNames.Parse(outcome), plan.AnswerId.ToString())
        : new DeliveryOutcome(DeliveryStatus.Stored, plan.MessageId.ToString());
}
