namespace Lmtp.Server.Delivery.Forwarding;

/// <summary>The one answer for an address that forwards to several: local users, each delivered to, and others by the queue.</summary>
internal static class ForwardedAnswer
{
    /// <summary>
    /// Where one may succeed later, the sender has to come again: what is done is known then. Else one that succeeded is
    /// enough, as users over quota are left out at RCPT, too.
    /// </summary>
    /// <param name="forward">What became of the targets elsewhere; null where there are none.</param>
    /// <param name="local">What became of each local target.</param>
    public static DeliveryOutcome Of(DeliveryOutcome? forward, IReadOnlyList<DeliveryOutcome> local)
    {
        List<DeliveryOutcome> all = forward is { } elsewhere ? [.. local, elsewhere] : [.. local];
        if (all.FindIndex(outcome => MaySucceedLater(outcome.Status)) is >= 0 and var later)
        {
            return all[later];
        }

        return all.FindIndex(outcome => outcome.IsDone) is >= 0 and var done
            ? new DeliveryOutcome(DeliveryStatus.Forwarded, all[done].MessageId)
            : all[0];
    }

    private static bool MaySucceedLater(DeliveryStatus status) => status
        is DeliveryStatus.RateLimited or DeliveryStatus.UserBusy or DeliveryStatus.InProgressElsewhere or DeliveryStatus.TemporaryFailure;
}
