namespace Lmtp.Server.Filters;

/// <summary>What became of one filter.</summary>
/// <param name="Filter">The filter.</param>
/// <param name="Unmet">The first condition that did not hold; null when the filter applied.</param>
public sealed record FilterTrace(UserFilter Filter, FilterCondition? Unmet);
