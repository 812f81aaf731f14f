using Lmtp.Server.Storage.DeliveryLog;
using MongoDB.Bson;

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
    TimeSpan? RetryAfter = null)
{
    /// <summary>How the address led to its owner, or to nobody, for the delivery log; null when nobody noted it.</summary>
    public IReadOnlyList<ResolutionStep>? Resolution { get; init; }

    /// <summary>The limits that were looked at, for the delivery log; null when there were none.</summary>
    public IReadOnlyList<LimitReading>? Limits { get; init; }

    /// <summary>The owner of the address, also when the recipient is refused; null when there is none.</summary>
    public ObjectId? User { get; init; }
}
