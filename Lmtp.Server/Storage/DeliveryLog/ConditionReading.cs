namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>A condition of a filter that was looked at.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="IsMet">Whether it held.</param>
/// <param name="Reason">Why, where there is more to say; else null.</param>
public sealed record ConditionReading(string Condition, bool IsMet, string? Reason = null);
