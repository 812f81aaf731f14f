namespace Lmtp.Contracts;

/// <summary>A recalculation of the used storage of many users, and how far it is.</summary>
public sealed record QuotaRecalculationResponse
{
    /// <summary>The id, 24 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The domain of the users' main addresses; null for all users.</summary>
    public required string? Domain { get; init; }

    /// <summary>waiting, running, done or cancelled.</summary>
    public required string State { get; init; }

    /// <summary>How many users there were when it began; null before.</summary>
    public required long? Total { get; init; }

    /// <summary>How many users were looked at.</summary>
    public required long Done { get; init; }

    /// <summary>Of how many users the count was wrong, and is right now.</summary>
    public required long Corrected { get; init; }

    /// <summary>The bytes by which counts were changed, up or down, altogether.</summary>
    public required long CorrectedBytes { get; init; }

    /// <summary>How many users were left as they are, because their mail came and went all the time.</summary>
    public required long Skipped { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public required DateTimeOffset? Finished { get; init; }
}
