namespace Lmtp.Contracts;

/// <summary>An address of a user.</summary>
public sealed record AddressResponse
{
    /// <summary>The address's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The address, in lower case and with its dots.</summary>
    public required string Address { get; init; }

    /// <summary>The display name for this address, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is the user's main address.</summary>
    public bool Main { get; init; }

    /// <summary>When it was added.</summary>
    public DateTimeOffset Created { get; init; }
}
