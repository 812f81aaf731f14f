namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>The decision about spam and where it came from.</summary>
/// <param name="IsSpam">The decision; null when nobody decided.</param>
/// <param name="Source">Who decided, in snake case: <c>domain_access</c>, <c>spam_level</c>, <c>filter</c>, <c>none</c>.</param>
/// <param name="Score">What scanners before us found, 0 to 100; null when it was not looked at.</param>
/// <param name="Level">The user's spam level, or null.</param>
/// <param name="Reason">The sentence that the message's header carries, or null.</param>
public sealed record SpamReading(bool? IsSpam, string Source, double? Score, double? Level, string? Reason);
