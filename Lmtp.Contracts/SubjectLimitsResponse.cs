namespace Lmtp.Contracts;

/// <summary>The rate limits of one subject.</summary>
/// <param name="Subject">The subject as the limits know it.</param>
/// <param name="CountersAvailable">Whether the counters could be read: Redis answered. If not, nothing seems to be used.</param>
/// <param name="Limits">The limits that count for it.</param>
public sealed record SubjectLimitsResponse(
    string Subject, bool CountersAvailable, IReadOnlyList<EffectiveLimitResponse> Limits);
