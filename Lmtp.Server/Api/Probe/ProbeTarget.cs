using System.Net;

namespace Lmtp.Server.Api.Probe;

/// <summary>Where a probe connects to.</summary>
/// <param name="EndPoint">The resolved address, or the socket.</param>
/// <param name="HostName">What the certificate has to name.</param>
internal sealed record ProbeTarget(EndPoint EndPoint, string HostName);
