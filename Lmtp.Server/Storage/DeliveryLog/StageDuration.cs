namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>How long a stage of a delivery took.</summary>
/// <param name="Stage">The stage, in snake case.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StageDuration(string Stage, TimeSpan Duration);
