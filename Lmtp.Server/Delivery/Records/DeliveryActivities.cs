using System.Diagnostics;
using Lmtp.ServiceDefaults;

namespace Lmtp.Server.Delivery.Records;

/// <summary>
/// The spans of deliveries: one for each recipient and below it one for each stage. The recipient's domain is the only
/// part of an address in them.
/// </summary>
internal static class DeliveryActivities
{
    private static readonly ActivitySource Source = new(TelemetryNames.Server);

    /// <summary>Begins the span of one recipient without making it the current one; null when nobody listens.</summary>
    public static Activity? StartRecipient(string address)
    {
        var outer = Activity.Current;
        var activity = Source.StartActivity("lmtp.deliver");
        activity?.SetTag("lmtp.recipient.domain", address[(address.LastIndexOf('@') + 1)..]);
        Activity.Current = outer;
        return activity;
    }

    /// <summary>Begins the span of a stage for one recipient or, without a parent, for all of a message.</summary>
    public static Activity? StartStage(string stage, Activity? parent) => Source.HasListeners()
        ? Source.StartActivity(
            $"lmtp.deliver.{stage}", ActivityKind.Internal, (parent ?? Activity.Current)?.Context ?? default)
        : null;

    /// <summary>Ends the span of one recipient.</summary>
    public static void End(Activity? activity, DeliveryStatus status)
    {
        if (activity is null)
        {
            return;
        }

        var name = DeliveryStatusNames.Of(status);
        activity.SetTag("lmtp.delivery.status", name);
        if (status is not (DeliveryStatus.Stored or DeliveryStatus.Duplicate or DeliveryStatus.Dropped or DeliveryStatus.Forwarded))
        {
            activity.SetTag("error.type", name);
            activity.SetStatus(ActivityStatusCode.Error, name);
        }

        activity.Dispose();
    }
}
