namespace Lmtp.Contracts;

/// <summary>What the server makes of a recipient's address.</summary>
public sealed record AddressResolutionResponse
{
    /// <summary>The address that was asked for.</summary>
    public required string Address { get; init; }

    /// <summary>Whether RCPT for it is accepted, rate limits aside.</summary>
    public bool Accepted { get; init; }

    /// <summary><c>accepted</c>, or why not, as the delivery log names outcomes.</summary>
    public required string Outcome { get; init; }

    /// <summary>The steps from the address to whoever has it, in their order.</summary>
    public IReadOnlyList<ResolutionStepResponse> Steps { get; init; } = [];

    /// <summary>The stored address that was found, with its wildcard if it has one; null when there is none.</summary>
    public string? Found { get; init; }

    /// <summary>The id of the user who has it; null for a forwarded address, and when nobody has it.</summary>
    public string? User { get; init; }

    /// <summary>The name of that user.</summary>
    public string? Username { get; init; }

    /// <summary>Where mail goes, for a forwarded address.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
}
