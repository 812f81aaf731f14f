namespace Lmtp.Contracts;

/// <summary>A filter to be tried on the last messages of a user.</summary>
public sealed record TryFilterRequest
{
    /// <summary>The filter.</summary>
    public required FilterDefinition Filter { get; init; }

    /// <summary>How many messages, 1 to 100; null takes 20.</summary>
    public int? Count { get; init; }
}
