namespace Lmtp.Contracts;

/// <summary>An address at which the server listens.</summary>
/// <param name="Protocol"><c>lmtp</c>, <c>http</c> or <c>https</c>.</param>
/// <param name="Address">Host and port, or the path of a Unix socket.</param>
public sealed record ListenerResponse(string Protocol, string Address);
