using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery;

/// <summary>A recipient that RCPT accepted.</summary>
/// <param name="Address">The address as given, normalised, with its dots and tag.</param>
/// <param name="UserId">The owner's <c>users._id</c>, 24 hexadecimal digits; empty where the address only forwards.</param>
/// <param name="AddressId">The matching <c>addresses._id</c>, 24 hexadecimal digits.</param>
/// <param name="OriginalRecipient">ORCPT= as given, or null.</param>
public sealed record ResolvedRecipient(string Address, string UserId, string AddressId, string? OriginalRecipient = null)
{
    /// <summary>Whether the address only forwards: it has no user.</summary>
    public bool IsForwarding => UserId.Length == 0;

    /// <summary>Whose deliveries are made one after the other: the user, or the address that only forwards.</summary>
    internal string Owner => IsForwarding ? AddressId : UserId;

    /// <summary>The address as the client wrote it; null when nobody noted it.</summary>
    public string? Given { get; init; }

    /// <summary>How the address led to its owner, for the delivery log.</summary>
    public IReadOnlyList<ResolutionStep> Resolution { get; init; } = [];

    /// <summary>The rate limits that were looked at when it was accepted, for the delivery log.</summary>
    public IReadOnlyList<LimitReading> Limits { get; init; } = [];
}
