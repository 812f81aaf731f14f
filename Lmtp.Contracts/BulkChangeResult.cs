namespace Lmtp.Contracts;

/// <summary>What became of one message of a change of many.</summary>
public sealed record BulkChangeResult
{
    /// <summary>The id that the request named.</summary>
    public required string Message { get; init; }

    /// <summary>How it ended.</summary>
    public required BulkChangeOutcome Status { get; init; }

    /// <summary>The message as it is now, with its new id when it was moved; null when it was deleted or not changed.</summary>
    public MessageSummaryResponse? Changed { get; init; }
}
