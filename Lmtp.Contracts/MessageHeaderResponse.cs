namespace Lmtp.Contracts;

/// <summary>A header field as it is shown.</summary>
/// <param name="Name">The name as the sender wrote it.</param>
/// <param name="Value">The value, decoded (RFC 2047) and without line breaks.</param>
public sealed record MessageHeaderResponse(string Name, string Value);
