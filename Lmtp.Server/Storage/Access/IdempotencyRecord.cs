namespace Lmtp.Server.Storage.Access;

/// <summary>A creation that was asked for under a key of the caller's.</summary>
/// <param name="Body">The digest of the request's body.</param>
/// <param name="Status">The HTTP status of the answer; null while the request is under way.</param>
/// <param name="Location">Where what was made is found, or null.</param>
/// <param name="Answer">The answer as it is kept, unreadable to all but the caller; or null.</param>
internal sealed record IdempotencyRecord(byte[] Body, int? Status, string? Location, byte[]? Answer);
