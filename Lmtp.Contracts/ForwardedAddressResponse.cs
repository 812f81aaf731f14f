namespace Lmtp.Contracts;

/// <summary>An address without a mailbox, whose mail goes elsewhere.</summary>
public sealed record ForwardedAddressResponse
{
    /// <summary>The address's id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The address, in lower case and with its dots.</summary>
    public required string Address { get; init; }

    /// <summary>The name of whoever is behind it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Where its mail goes.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Forwards a day; 0 where the server's default holds.</summary>
    public long Forwards { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool Disabled { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }
}
