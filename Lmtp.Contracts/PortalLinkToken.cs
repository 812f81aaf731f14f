namespace Lmtp.Contracts;

/// <summary>The secret part of a link, in the body because addresses end up in logs.</summary>
/// <param name="Token">The secret.</param>
public sealed record PortalLinkToken(string Token);
