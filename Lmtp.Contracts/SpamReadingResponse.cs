namespace Lmtp.Contracts;

/// <summary>The decision about spam and where it came from.</summary>
/// <param name="Spam">The decision; null when nobody decided.</param>
/// <param name="Source">Who decided: <c>domain_access</c>, <c>spam_level</c>, <c>filter</c> or <c>none</c>.</param>
/// <param name="Score">What scanners before the server found, 0 to 100, or null.</param>
/// <param name="Level">The user's spam level, 0 to 100, or null.</param>
/// <param name="Reason">The sentence that the message's header carries, or null.</param>
public sealed record SpamReadingResponse(bool? Spam, string Source, double? Score, double? Level, string? Reason);
