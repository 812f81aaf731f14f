namespace Lmtp.Server.Api.Probe;

/// <summary>The other side does not speak LMTP as it should; the message is for the person who asked.</summary>
internal sealed class ProbeException(string message) : Exception(message);
