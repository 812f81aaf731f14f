namespace Lmtp.Contracts;

/// <summary>What became of a change of many messages.</summary>
public sealed record BulkChangeResponse
{
    /// <summary>How many messages are as they were to be.</summary>
    public required int Done { get; init; }

    /// <summary>What became of each, in the order of the request.</summary>
    public required IReadOnlyList<BulkChangeResult> Results { get; init; }
}
