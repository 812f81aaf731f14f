namespace Lmtp.Contracts;

/// <summary>Changes to an address of a user. What is left out, or null, stays as it is.</summary>
public sealed record UpdateAddressRequest
{
    /// <summary>The display name for this address, at most 256 characters; empty: the user's.</summary>
    public string? Name { get; init; }

    /// <summary>True makes it the user's main address; a wildcard cannot be that.</summary>
    public bool? Main { get; init; }
}
