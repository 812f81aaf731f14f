namespace Lmtp.Contracts;

/// <summary>Something that the server needs, and how it is.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Status"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Description">What is wrong, or null.</param>
/// <param name="Milliseconds">How long looking took.</param>
public sealed record HealthCheckResponse(string Name, string Status, string? Description, double Milliseconds);
