namespace Lmtp.Contracts;

/// <summary>How long a stage of a delivery took.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Milliseconds">How long, in milliseconds.</param>
public sealed record StageDurationResponse(string Stage, double Milliseconds);
