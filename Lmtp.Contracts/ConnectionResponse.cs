namespace Lmtp.Contracts;

/// <summary>An open LMTP connection.</summary>
/// <param name="Id">The session's id, as replies, log events and the delivery log name it.</param>
/// <param name="Listener">The name of the listener.</param>
/// <param name="Client">The client's address; null on a Unix socket.</param>
/// <param name="Since">When it was opened.</param>
public sealed record ConnectionResponse(string Id, string Listener, string? Client, DateTimeOffset Since);
