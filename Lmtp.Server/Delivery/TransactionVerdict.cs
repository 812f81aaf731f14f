namespace Lmtp.Server.Delivery;

/// <summary>The answer to MAIL.</summary>
/// <param name="Status"><see cref="DeliveryStatus.Accepted"/>, or why the transaction is refused.</param>
/// <param name="Detail">A short text for the postmaster that says what to do, or null.</param>
/// <param name="RetryAfter">How long to wait, for <see cref="DeliveryStatus.RateLimited"/>.</param>
public readonly record struct TransactionVerdict(DeliveryStatus Status, string? Detail = null, TimeSpan? RetryAfter = null);
