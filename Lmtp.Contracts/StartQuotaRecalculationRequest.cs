namespace Lmtp.Contracts;

/// <summary>Whose used storage is to be recalculated.</summary>
public sealed record StartQuotaRecalculationRequest
{
    /// <summary>The domain of the users' main addresses; null for all users.</summary>
    public string? Domain { get; init; }
}
