namespace Lmtp.Server.Delivery;

/// <summary>The argument of one RCPT command.</summary>
/// <param name="Address">The address without angle brackets and source route, as the client wrote it.</param>
/// <param name="OriginalRecipient">ORCPT= as given (<c>type;address</c>, xtext decoded), or null (RFC 3461).</param>
public sealed record ForwardPath(string Address, string? OriginalRecipient = null);
