using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Outgoing;
using StackExchange.Redis;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>
/// How much may go out: forwards a day, and one reply to a sender within an interval. Without Redis mail is forwarded all
/// the same, but not replied to: nobody would know who had a reply. Specification sections 7.5 and 7.6.
/// </summary>
internal sealed partial class OutgoingLimits(
    DailyCounters counters, AnsweredSenders answered, SettingsStore settings, ILogger<OutgoingLimits> logger)
{
    private const string IntervalSetting = "const:autoreply:interval";
    private const long DefaultInterval = 4 * 3600 * 1000;

    /// <summary>Why a planned message is not sent; null when it is, and counted.</summary>
    /// <param name="plan">The message.</param>
    /// <param name="delivery">The delivery that sends it.</param>
    /// <param name="readings">Takes what was looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string?> RefusalAsync(
        OutgoingPlan plan, DeliveryPlan delivery, List<LimitReading> readings, CancellationToken cancellationToken)
    {
        try
        {
            return plan.Kind == OutgoingKind.Forward
                ? await ForwardRefusalAsync(plan, readings)
                : await ReplyRefusalAsync(plan, delivery, readings, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotCounted(plan.QueueId, exception);
            return plan.Kind == OutgoingKind.Forward ? null : "Redis is away";
        }
    }

    /// <summary>Whether the owner's limit of forwards a day has not been reached yet. Counts nothing.</summary>
    public async Task<bool> MayForwardAsync(OutgoingPlan plan)
    {
        try
        {
            return await counters.AddForwardsAsync(plan.Owner, 0, plan.Limit) is not { IsAllowed: false };
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotCounted(plan.QueueId, exception);
            return true;
        }
    }

    /// <summary>Takes back what was noted about replies that were not sent.</summary>
    public async Task ForgetAsync(DeliveryPlan delivery, IEnumerable<OutgoingPlan> plans)
    {
        foreach (var plan in plans.Where(plan => plan.Kind == OutgoingKind.Autoreply))
        {
            try
            {
                await answered.RemoveAsync(plan.Owner, plan.Entries[0].Recipient, delivery.Received);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                LogNotCounted(plan.QueueId, exception);
            }
        }
    }

    private async Task<string?> ForwardRefusalAsync(OutgoingPlan plan, List<LimitReading> readings)
    {
        if (await counters.AddForwardsAsync(plan.Owner, plan.Entries.Count, plan.Limit) is not { } count)
        {
            return null;
        }

        readings.Add(new LimitReading("forwards_per_day", count.Count, plan.Limit, "{forward}", !count.IsAllowed));
        return count.IsAllowed ? null : OutgoingRefusal.DailyLimit;
    }

    private async Task<string?> ReplyRefusalAsync(
        OutgoingPlan plan, DeliveryPlan delivery, List<LimitReading> readings, CancellationToken cancellationToken)
    {
        var interval = await settings.GetCachedNumberAsync(IntervalSetting, DefaultInterval, cancellationToken);
        switch (await answered.TryAddAsync(
            plan.Owner, plan.Entries[0].Recipient, delivery.Received, TimeSpan.FromMilliseconds(interval)))
        {
            case null:
                return "Redis is away";
            case false:
                return "the sender had a reply lately";
        }

        // WildDuck takes the milliseconds of the interval for the limit, too.
        if (await counters.AddReplyAsync(plan.Owner, interval) is not { } count)
        {
            return "Redis is away";
        }

        readings.Add(new LimitReading("replies_per_day", count.Count, interval, "{reply}", !count.IsAllowed));
        return count.IsAllowed ? null : "the limit of replies a day is reached";
    }

    [LoggerMessage(1, LogLevel.Warning, "Outgoing message {QueueId} could not be counted: Redis does not answer")]
    private partial void LogNotCounted(string queueId, Exception exception);
}
