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

    /// <summary>
    /// Whether the user is a target of the address, which only forwards, and not its owner.
    /// </summary>
    public bool IsTarget { get; init; }

    /// <summary>Local users among the targets of an address that only forwards, who get the mail at once.</summary>
    internal IReadOnlyList<string> LocalTargets { get; init; } = [];

    /// <summary>Local users among the targets to whom nothing is forwarded: those who get it at once, or cannot get it.</summary>
    internal IReadOnlyList<string> HandledTargets { get; init; } = [];

    /// <summary>Whether there are targets elsewhere, too.</summary>
    internal bool ForwardsElsewhere { get; init; }

    /// <summary>What its claim is made of; each of the users behind one address has a claim of its own.</summary>
    internal string ClaimName => IsTarget ? $"{Address}\n{UserId}" : Address;

    /// <summary>The delivery to one of the local targets.</summary>
    internal ResolvedRecipient ForTarget(string user) =>
        this with { UserId = user, IsTarget = true, LocalTargets = [], HandledTargets = [] };

    /// <summary>Whose deliveries are made one after the other: the user, or the address that only forwards.</summary>
    internal string Owner => IsForwarding ? AddressId : UserId;

    /// <summary>The address as the client wrote it; null when nobody noted it.</summary>
    public string? Given { get; init; }

    /// <summary>How the address led to its owner, for the delivery log.</summary>
    public IReadOnlyList<ResolutionStep> Resolution { get; init; } = [];

    /// <summary>The rate limits that were looked at when it was accepted, for the delivery log.</summary>
    public IReadOnlyList<LimitReading> Limits { get; init; } = [];
}
