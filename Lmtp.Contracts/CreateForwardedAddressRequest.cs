namespace Lmtp.Contracts;

/// <summary>A forwarded address to be made.</summary>
public sealed record CreateForwardedAddressRequest
{
    /// <summary>The address, without a tag; a wildcard may stand as in the addresses of users.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// Where its mail goes, 1 to 64: addresses, <c>smtp://host:port</c>, or URLs (http, https) that take the message.
    /// </summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>The name of whoever is behind it, at most 256 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Forwards a day; 0 takes the server's default.</summary>
    public long Forwards { get; init; }
}
