namespace Lmtp.Contracts;

/// <summary>A link for signing in to the portal once.</summary>
public sealed record PortalLinkResponse
{
    /// <summary>
    /// The secret part of the link; null where none was made because it was not needed. It belongs behind the
    /// <c>#</c> of the address, which a browser keeps to itself.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>What the new account may do.</summary>
    public PortalRole Role { get; init; }

    /// <summary>The account that gets a new password; null: a new one is made.</summary>
    public string? Account { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset Expires { get; init; }
}
