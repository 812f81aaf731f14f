namespace Lmtp.Contracts;

/// <summary>How the server is.</summary>
/// <param name="Status">The worst of the checks: <c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record ServerHealthResponse(string Status, IReadOnlyList<HealthCheckResponse> Checks);
