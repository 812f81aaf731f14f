namespace Lmtp.Contracts;

/// <summary>A filter to be tried on the last messages of a user.</summary>
public sealed record TryFilterRequest
{
    /// <summary>The id of the filter whose place it takes; null for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>The filter. It is tried also where it is switched off.</summary>
    public required FilterRequest Filter { get; init; }

    /// <summary>How many messages, 1 to 100; null takes 20.</summary>
    public int? Count { get; init; }
}
