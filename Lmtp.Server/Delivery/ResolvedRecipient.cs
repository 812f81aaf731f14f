using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Delivery;

/// <summary>A recipient that RCPT accepted.</summary>
/// <param name="Address">The address as given, normalised, with its dots and tag.</param>
/// <param name="UserId">The owner's <c>users._id</c>, 24 hexadecimal digits.</param>
/// <param name="AddressId">The matching <c>addresses._id</c>, 24 hexadecimal digits.</param>
/// <param name="OriginalRecipient">ORCPT= as given, or null.</param>
public sealed record ResolvedRecipient(string Address, string UserId, string AddressId, string? OriginalRecipient = null)
{
    /// <summary>The address as the client wrote it; null when nobody noted it.</summary>
    public string? Given { get; init; }

    /// <summary>How the address led to its owner, for the delivery log.</summary>
    public IReadOnlyList<ResolutionStep> Resolution { get; init; } = [];
}
