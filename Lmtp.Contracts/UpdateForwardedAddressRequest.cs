namespace Lmtp.Contracts;

/// <summary>Changes to a forwarded address. What is left out, or null, stays as it is.</summary>
public sealed record UpdateForwardedAddressRequest
{
    /// <summary>Where its mail goes, 1 to 64 targets.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>The name of whoever is behind it, at most 256 characters; empty removes it.</summary>
    public string? Name { get; init; }

    /// <summary>Forwards a day; 0 takes the server's default.</summary>
    public long? Forwards { get; init; }

    /// <summary>Whether it is switched off.</summary>
    public bool? Disabled { get; init; }
}
