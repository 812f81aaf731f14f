namespace Lmtp.Contracts;

/// <summary>A condition of a filter that was looked at.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Met">Whether it held.</param>
/// <param name="Reason">Why, where there is more to say; else null.</param>
public sealed record ConditionReadingResponse(string Condition, bool Met, string? Reason);
