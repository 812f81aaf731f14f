namespace Lmtp.Contracts;

/// <summary>How long deliveries took, from the end of the message to the answer.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="P50">Milliseconds that half of them did not exceed; null when there were none.</param>
/// <param name="P95">Milliseconds that 95 of 100 did not exceed; null when there were none.</param>
/// <param name="P99">Milliseconds that 99 of 100 did not exceed; null when there were none.</param>
public sealed record LatencyResponse(long Count, double? P50, double? P95, double? P99);
