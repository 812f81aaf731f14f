namespace Lmtp.Server.Delivery;

/// <summary>How the delivery to one recipient ended.</summary>
/// <param name="Status">What happened.</param>
/// <param name="MessageId">The <c>_id</c> of the message concerned, 24 hexadecimal digits, or null.</param>
/// <param name="Detail">A short text for the postmaster, or null.</param>
public readonly record struct DeliveryOutcome(DeliveryStatus Status, string? MessageId = null, string? Detail = null)
{
    /// <summary>Whether the client has nothing more to do: it is answered 250.</summary>
    internal bool IsDone => Status
        is DeliveryStatus.Stored or DeliveryStatus.Dropped or DeliveryStatus.Duplicate or DeliveryStatus.Forwarded;
}
