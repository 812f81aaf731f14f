namespace Lmtp.Contracts;

/// <summary>The order in which filters are looked at.</summary>
public sealed record FilterOrderRequest
{
    /// <summary>The ids of all filters of the user, the first one first.</summary>
    public required IReadOnlyList<string> Filters { get; init; }
}
