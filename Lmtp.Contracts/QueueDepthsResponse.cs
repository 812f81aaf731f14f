namespace Lmtp.Contracts;

/// <summary>What waits.</summary>
/// <param name="DeliveryLog">Entries of the delivery log that the server that answers has not written yet.</param>
/// <param name="Outgoing">Copies of messages in ZoneMTA's queue, one for each of their recipients.</param>
/// <param name="PendingPlans">Deliveries that some server has begun and none has ended.</param>
public sealed record QueueDepthsResponse(long DeliveryLog, long Outgoing, long PendingPlans);
