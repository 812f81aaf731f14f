using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.Outgoing;
using StackExchange.Redis;

namespace Lmtp.Server.Delivery.Outgoing;

/// <summary>
/// How much may go out: forwards a day, and one reply to a sender within an interval. Without Redis forwards are not
/// limited, and who had a reply is known from the database of our own. Specification sections 7.5 and 7.6.
/// </summary>
internal sealed partial class OutgoingLimits(
    DailyCounters counters,
    AnsweredSenders answered,
    RepliedSenders replied,
    SettingsStore settings,
    ILogger<OutgoingLimits> logger)
{
    private const string IntervalSetting = "const:autoreply:interval";
    private const long DefaultInterval = 4 * 3600 * 1000;
    private const string AnsweredLately = "the sender had a reply lately";

    /// <summary>Why a planned message is not sent; null when it is, and counted.</summary>
    /// <param name="plan">The message.</param>
    /// <param name="delivery">The delivery that sends it.</param>
    /// <param name="readings">Takes what was looked at.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string?> RefusalAsync(
        OutgoingPlan plan, DeliveryPlan delivery, List<LimitReading> readings, CancellationToken cancellationToken) =>
        plan.Kind == OutgoingKind.Forward
            ? AskRedisAsync(plan, () => ForwardRefusalAsync(plan, readings), null)
            : ReplyRefusalAsync(plan, delivery, readings, cancellationToken);

    /// <summary>Whether the owner's limit of forwards a day has not been reached yet. Counts nothing.</summary>
    public Task<bool> MayForwardAsync(OutgoingPlan plan) => AskRedisAsync(
        plan, async () => await counters.AddForwardsAsync(plan.Owner, 0, plan.Limit) is not { IsAllowed: false }, true);

    /// <summary>Takes back what was noted about replies that were not sent.</summary>
    public async Task ForgetAsync(DeliveryPlan delivery, IEnumerable<OutgoingPlan> plans, CancellationToken cancellationToken)
    {
        foreach (var plan in plans.Where(plan => plan.Kind == OutgoingKind.Autoreply))
        {
            var sender = plan.Entries[0].Recipient;
            await replied.RemoveAsync(plan.Owner, sender, delivery.MessageId, cancellationToken);
            await AskRedisAsync(
                plan,
                async () =>
                {
                    await answered.RemoveAsync(plan.Owner, sender, delivery.Received);
                    return true;
                },
                false);
        }
    }

    private async Task<T> AskRedisAsync<T>(OutgoingPlan plan, Func<Task<T>> ask, T whileAway)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogNotCounted(plan.QueueId, exception);
            return whileAway;
        }
    }

    private async Task<string?> ForwardRefusalAsync(OutgoingPlan plan, List<LimitReading> readings)
    {
        if (await counters.AddForwardsAsync(plan.Owner, plan.Entries.Count, plan.Limit) is not { } count)
        {
            return null;
        }

        readings.Add(new LimitReading(LimitReading.ForwardsPerDay, count.Count, plan.Limit, "{forward}", !count.IsAllowed));
        return count.IsAllowed ? null : OutgoingRefusal.DailyLimit;
    }

    // Both records have to agree: WildDuck's is the only one that knows of replies by WildDuck, and ours the only one that
    // knows of those that were sent while Redis was away.
    private async Task<string?> ReplyRefusalAsync(
        OutgoingPlan plan, DeliveryPlan delivery, List<LimitReading> readings, CancellationToken cancellationToken)
    {
        var milliseconds = await settings.GetCachedNumberAsync(IntervalSetting, DefaultInterval, cancellationToken);
        var interval = TimeSpan.FromMilliseconds(milliseconds);
        var sender = plan.Entries[0].Recipient;
        if (await AskRedisAsync(plan, () => answered.TryAddAsync(plan.Owner, sender, delivery.Received, interval), null) is false
            || !await replied.TryAddAsync(plan.Owner, sender, delivery.MessageId, interval, cancellationToken))
        {
            return AnsweredLately;
        }

        // WildDuck takes the milliseconds of the interval for the limit, too.
        if (await AskRedisAsync(plan, () => counters.AddReplyAsync(plan.Owner, milliseconds), null) is not { } count)
        {
            return null;
        }

        readings.Add(new LimitReading(LimitReading.RepliesPerDay, count.Count, milliseconds, "{reply}", !count.IsAllowed));
        return count.IsAllowed ? null : "the limit of replies a day is reached";
    }

    [LoggerMessage(1, LogLevel.Warning, "Outgoing message {QueueId} could not be counted: Redis does not answer")]
    private partial void LogNotCounted(string queueId, Exception exception);
}
