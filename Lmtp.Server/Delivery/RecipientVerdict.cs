namespace Lmtp.Server.Delivery;

/// <summary>The answer to RCPT.</summary>
/// <param name="Status"><see cref="DeliveryStatus.Accepted"/>, or why the recipient is refused.</param>
/// <param name="Recipient">What was resolved; set exactly when the recipient is accepted.</param>
/// <param name="Detail">A short text for the postmaster that says what to do, or null.</param>
/// <param name="RetryAfter">How long to wait, for <see cref="DeliveryStatus.RateLimited"/>.</param>
public readonly record struct RecipientVerdict(
    DeliveryStatus Status,
    ResolvedRecipient? Recipient = null,
    string? Detail = null,
    TimeSpan? RetryAfter = null);
