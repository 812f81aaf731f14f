using Lmtp.Server.Delivery.Records;

namespace Lmtp.Server.Delivery;

/// <summary>Says what became of every recipient of a message: one measurement, one log event, one entry of the delivery log and one span each.</summary>
internal sealed partial class DeliveryReport(
    DeliveryMetrics metrics, DeliveryRecords records, DeliveryLogWriter log, ILogger<DeliveryReport> logger)
{
    /// <summary>Reports deliveries that have all been answered.</summary>
    /// <param name="transaction">The transaction that brought the message.</param>
    /// <param name="message">The message; null when it could not be read.</param>
    /// <param name="jobs">The deliveries.</param>
    /// <param name="size">The bytes of the message as received.</param>
    /// <param name="duration">The time from the end of the message to the last answer.</param>
    public async Task WriteAsync(
        MailTransaction transaction,
        MessageContext? message,
        IReadOnlyList<DeliveryJob> jobs,
        long size,
        TimeSpan duration)
    {
        foreach (var job in jobs)
        {
            var outcome = await job.Outcome;
            metrics.Delivered(outcome.Status, duration);
            log.Write(records.OfDelivery(transaction, message, job, outcome, await job.Answer, size, duration));
            DeliveryActivities.End(job.Trace.Activity, outcome.Status);
            LogDelivered(
                transaction.Session.SessionId,
                job.Recipient.UserId,
                outcome.Status,
                outcome.MessageId,
                job.Context?.Mailbox?.Path,
                size,
                duration.TotalMilliseconds);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Session {SessionId}, user {User}: {Status} {MessageId} in {Mailbox}, {Size} bytes, {Milliseconds:F1} ms")]
    private partial void LogDelivered(
        string sessionId, string user, DeliveryStatus status, string? messageId, string? mailbox, long size, double milliseconds);
}
