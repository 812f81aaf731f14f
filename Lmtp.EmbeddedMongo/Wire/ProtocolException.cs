namespace Lmtp.EmbeddedMongo.Wire;

/// <summary>The client broke the wire protocol in a way after which the connection cannot go on.</summary>
/// <param name="message">What was wrong.</param>
internal sealed class ProtocolException(string message) : Exception(message);
