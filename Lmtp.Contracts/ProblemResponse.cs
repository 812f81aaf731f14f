namespace Lmtp.Contracts;

/// <summary>Why a request was refused, RFC 9457.</summary>
public sealed record ProblemResponse
{
    /// <summary>A URI that names the kind of problem.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    public string? Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public int? Status { get; init; }

    /// <summary>What happened this time.</summary>
    public string? Detail { get; init; }

    /// <summary>The faults of each field, by its name in the request.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The trace in which the request can be found.</summary>
    public string? TraceId { get; init; }
}
