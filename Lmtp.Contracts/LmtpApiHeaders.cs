namespace Lmtp.Contracts;

/// <summary>The names of the headers that the API knows beside HTTP's own.</summary>
public static class LmtpApiHeaders
{
    /// <summary>Carries the API key.</summary>
    public const string ApiKey = "x-api-key";

    /// <summary>
    /// Chosen by the caller of a creation, at most 255 characters: the same request with the same value within 24 hours
    /// is answered with the first answer and changes nothing.
    /// </summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Says that the answer is that of an earlier request with the same <see cref="IdempotencyKey"/>.</summary>
    public const string IdempotencyReplayed = "Idempotency-Replayed";

    /// <summary>The name of the person whom the portal acts for. Heard with the portal's key only.</summary>
    public const string Actor = "x-lmtp-actor";

    /// <summary>The <see cref="PortalRole"/> of that person, which bounds what the request may do.</summary>
    public const string ActorRole = "x-lmtp-actor-role";
}
