using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>What forwards and autoreplies look like in the delivery log.</summary>
internal static class OutgoingReadings
{
    public static OutgoingReading Of(OutgoingPlan plan) => new(
        plan.Kind == OutgoingKind.Forward ? "forward" : "autoreply",
        [.. plan.Entries.Select(TargetOf)],
        plan.Refusal is null ? plan.QueueId : null,
        plan.Refusal)
    {
        Encryption = plan.Refusal is null ? plan.Encryption : null,
    };

    // Of a URL no more than where it leads: the rest may be a secret.
    private static string TargetOf(OutgoingEntry entry)
    {
        if (entry.Route.TryGetValue("targetUrl", out var url))
        {
            return Uri.TryCreate(url.AsString, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : "http";
        }

        return entry.Route.TryGetValue("mx", out var mx) ? $"{entry.Recipient} by {mx[0]["exchange"]}" : entry.Recipient;
    }
}
