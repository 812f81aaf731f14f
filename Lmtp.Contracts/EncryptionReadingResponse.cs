namespace Lmtp.Contracts;

/// <summary>Whether a stored message that was to be encrypted is.</summary>
/// <param name="Kind"><c>openpgp</c> or <c>smime</c>; null when it is stored as it came.</param>
/// <param name="Reason">Why it is stored as it came, or null.</param>
public sealed record EncryptionReadingResponse(string? Kind, string? Reason);
