namespace Lmtp.Contracts;

/// <summary>A link to be made with which one person signs in to the portal once, and chooses a password.</summary>
public sealed record PortalLinkRequest
{
    /// <summary>What the new account may do; not used with <see cref="Account"/>. Null: everything.</summary>
    public PortalRole? Role { get; init; }

    /// <summary>The name of an account that gets a new password and loses its second factor; null: a new account is made.</summary>
    public string? Account { get; init; }

    /// <summary>How long the link is good, in hours: 1 to 168; null: 24.</summary>
    public int? Hours { get; init; }

    /// <summary>Makes no link where there is an account that may do everything.</summary>
    public bool OnlyFirst { get; init; }
}
