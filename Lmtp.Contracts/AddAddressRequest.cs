namespace Lmtp.Contracts;

/// <summary>An address to be added to a user.</summary>
public sealed record AddAddressRequest
{
    /// <summary>
    /// The address, without a tag. A wildcard (<c>*@domain</c>, <c>name*@domain</c>, <c>*name@domain</c>,
    /// <c>name@*</c>) takes what has no address of its own.
    /// </summary>
    public required string Address { get; init; }

    /// <summary>The display name for this address, at most 256 characters; null: the user's.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it becomes the user's main address. A wildcard cannot.</summary>
    public bool Main { get; init; }
}
