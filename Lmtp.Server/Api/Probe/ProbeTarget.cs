using System.Net;

namespace Lmtp.Server.Api.Probe;

/// <summary>Where a probe connects to.</summary>
/// <param name="EndPoints">The resolved addresses, or the socket; the first that can be connected to is taken.</param>
/// <param name="HostName">What the certificate has to name.</param>
internal sealed record ProbeTarget(IReadOnlyList<EndPoint> EndPoints, string HostName);
