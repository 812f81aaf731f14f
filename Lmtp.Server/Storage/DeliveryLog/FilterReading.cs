namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>A filter that was looked at.</summary>
/// <param name="Id">The filter's id.</param>
/// <param name="Name">The name that its owner gave it, or null.</param>
/// <param name="Applied">Whether it applied.</param>
/// <param name="Conditions">Its conditions, as far as they were looked at.</param>
/// <param name="Reason">Why it did or did not apply, in one sentence.</param>
public sealed record FilterReading(
    string Id, string? Name, bool Applied, IReadOnlyList<ConditionReading> Conditions, string Reason);
