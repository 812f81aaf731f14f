namespace Lmtp.Server.Storage.DeliveryLog;

/// <summary>A forward or an autoreply.</summary>
/// <param name="Kind"><c>forward</c> or <c>autoreply</c>.</param>
/// <param name="Targets">Where it goes; passwords in URLs are left out.</param>
/// <param name="QueueId">The id in the outgoing queue; null when it was not sent.</param>
/// <param name="Reason">Why it was not sent, or null.</param>
public sealed record OutgoingReading(string Kind, IReadOnlyList<string> Targets, string? QueueId, string? Reason)
{
    /// <summary>How it is encrypted: <c>openpgp</c> or <c>smime</c>; null when it goes as it came.</summary>
    public string? Encryption { get; init; }
}
