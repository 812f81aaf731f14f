using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Delivers a received message in four steps: plan for every recipient, claim all plans by one operation, store the
/// attachments once for all copies, then store the copies: different users at the same time, those of one user in
/// RCPT order.
/// </summary>
internal sealed partial class MessageDelivery(
    DeliveryPlanner planner,
    MessageStorer storer,
    ClaimStore claims,
    AttachmentStore attachments,
    AddressRegister register,
    DeliveryGate gate,
    DeliveryMetrics metrics,
    IOptions<StorageOptions> storage,
    TimeProvider time,
    ILogger<MessageDelivery> logger)
{
    private const int MagicRange = 65_536;

    // Nothing is written any more when the lease is about to end and another server may take over.
    private const double UsableLease = 0.8;

    /// <summary>Starts the delivery; the tasks, one for each recipient, never fault.</summary>
    public IReadOnlyList<Task<DeliveryOutcome>> Start(
        MailTransaction transaction,
        IReadOnlyList<ResolvedRecipient> recipients,
        MessageIndexer indexer,
        IMessageSource source,
        CancellationToken cancellationToken)
    {
        var jobs = new List<DeliveryJob>();
        var tasks = new List<Task<DeliveryOutcome>>(recipients.Count);
        foreach (var recipient in recipients)
        {
            // The same address given twice is delivered once and answered twice.
            var job = jobs.Find(known => known.Recipient.Address == recipient.Address && known.Recipient.UserId == recipient.UserId);
            if (job is null)
            {
                job = new DeliveryJob(recipient, isFirst: jobs.Count == 0);
                jobs.Add(job);
            }

            tasks.Add(job.Outcome);
        }

        var run = RunAsync(transaction, jobs, indexer, source, cancellationToken);

        // The last answer waits for the whole run, so that nothing of it outlives the intake.
        if (tasks.Count > 0)
        {
            tasks[^1] = AfterAsync(run, tasks[^1]);
        }

        return tasks;
    }

    private static async Task<DeliveryOutcome> AfterAsync(Task run, Task<DeliveryOutcome> outcome)
    {
        await run;
        return await outcome;
    }

    private static IEnumerable<List<DeliveryJob>> ByUser(IEnumerable<DeliveryJob> jobs) => jobs
        .GroupBy(job => job.Recipient.UserId, StringComparer.Ordinal)
        .Select(group => group.ToList());

    private static void CompleteAll(IEnumerable<DeliveryJob> jobs, DeliveryStatus status)
    {
        foreach (var job in jobs)
        {
            job.Complete(status);
        }
    }

    private async Task RunAsync(
        MailTransaction transaction,
        List<DeliveryJob> jobs,
        MessageIndexer indexer,
        IMessageSource source,
        CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            using var lease = new CancellationTokenSource(storage.Value.ClaimLease * UsableLease, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Token, cancellationToken);
            var message = await indexer.CompleteAsync(source, either.Token);
            if (message.Fault == MessageFault.None)
            {
                await DeliverAsync(ToContext(transaction, message), jobs, either.Token);
            }
            else
            {
                CompleteAll(jobs, message.Fault == MessageFault.TooDeep
                    ? DeliveryStatus.MessageTooComplex
                    : DeliveryStatus.MessageTooLarge);
            }
        }
        catch (Exception exception)
        {
            LogFailed(transaction.Session.SessionId, exception);
        }
        finally
        {
            await AbortPendingAsync(jobs);
            CompleteAll(jobs, DeliveryStatus.TemporaryFailure);
            await ReportAsync(transaction, jobs, source.Length, time.GetElapsedTime(started));
        }
    }

    private MessageContext ToContext(MailTransaction transaction, IndexedMessage message) => new()
    {
        Transaction = transaction,
        Message = message,
        Sender = MailAddressNormalizer.Normalize(transaction.ReversePath),
        TransactionId = ObjectId.GenerateNewId(time.GetUtcNow().UtcDateTime),
        Magic = RandomNumberGenerator.GetInt32(MagicRange),
        FilterText = Whitespace().Replace(message.PlainText.ToLowerInvariant(), " "),
        SenderDomain = Correspondents.SenderDomain(message),
    };

    private async Task DeliverAsync(MessageContext message, List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            job.Key = DeliveryKey.Of(message.Sender, job.Recipient.Address, message.Message.Sha256.Span);
        }

        var known = (await claims.FindAsync(jobs.Select(job => job.Key!), cancellationToken))
            .ToDictionary(claim => claim.Key);
        await Task.WhenAll(ByUser(jobs).Select(user => PlanAsync(message, user, known, cancellationToken)));
        await ClaimAsync(jobs, cancellationToken);
        var contentHashes = await StoreAttachmentsAsync(message, jobs, cancellationToken);
        await Task.WhenAll(ByUser(jobs).Select(user => StoreAsync(message, user, contentHashes, cancellationToken)));
    }

    // The failure of one user's look-ups is that user's alone.
    private async Task PlanAsync(
        MessageContext message,
        List<DeliveryJob> jobs,
        Dictionary<BsonBinaryData, DeliveryClaim> known,
        CancellationToken cancellationToken)
    {
        try
        {
            await planner.PlanAsync(message, jobs, known, cancellationToken);
        }
        catch (Exception exception)
        {
            LogRecipientFailed(message.Transaction.Session.SessionId, jobs[0].Recipient.UserId, exception);
            foreach (var job in jobs.Where(job => job.Epoch is null))
            {
                job.Complete(DeliveryStatus.TemporaryFailure);
            }
        }
    }

    private async Task ClaimAsync(List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        var unclaimed = jobs.Where(job => job.IsPending && job.Epoch is null).ToList();
        if (unclaimed.Count == 0)
        {
            return;
        }

        var lost = await claims.AddAsync([.. unclaimed.Select(job => (job.Key!, job.Plan!))], cancellationToken);
        foreach (var job in unclaimed)
        {
            if (lost.Contains(job.Key!))
            {
                job.Complete(DeliveryStatus.InProgressElsewhere);
            }
            else
            {
                job.Epoch = 0;
            }
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> StoreAttachmentsAsync(
        MessageContext message, List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        var contentHashes = new Dictionary<string, string>(StringComparer.Ordinal);

        // One group, but for deliveries that were taken over with the random number of another attempt.
        foreach (var copies in jobs.Where(job => job.IsPending).GroupBy(job => job.Plan!.Magic))
        {
            var keys = copies.Select(job => job.Key!).ToList();
            foreach (var (id, hash) in await attachments.AcquireAsync(message.Message, copies.Key, keys, cancellationToken))
            {
                contentHashes.TryAdd(id, hash);
            }
        }

        return contentHashes;
    }

    private async Task StoreAsync(
        MessageContext message,
        List<DeliveryJob> jobs,
        IReadOnlyDictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        var pending = jobs.Where(job => job.IsPending).ToList();
        if (pending.Count > 0)
        {
            using var place = await gate.EnterAsync(jobs[0].Recipient.UserId, cancellationToken);
            foreach (var job in pending)
            {
                if (place is null)
                {
                    await storer.AbortAsync(job);
                    job.Complete(DeliveryStatus.UserBusy);
                }
                else
                {
                    job.Complete(await storer.StoreAsync(message, job, contentHashes, cancellationToken));
                }
            }
        }

        foreach (var job in jobs.Where(job => job.SharedWith is not null))
        {
            job.Complete(await job.SharedWith!.Outcome);
        }

        await RegisterAsync(message, pending, cancellationToken);
    }

    private async Task RegisterAsync(
        MessageContext message, List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        var stored = jobs.Find(job => job.Outcome is { IsCompletedSuccessfully: true, Result.Status: DeliveryStatus.Stored }
            && job.Context!.Mailbox!.SpecialUse is not (@"\Junk" or @"\Drafts"));
        if (stored is not null)
        {
            await register.AddAsync(stored.Plan!.User, Correspondents.Of(message.Message), cancellationToken);
        }
    }

    private async Task AbortPendingAsync(List<DeliveryJob> jobs)
    {
        foreach (var job in jobs.Where(job => job is { IsPending: true, Epoch: not null }))
        {
            await storer.AbortAsync(job);
        }
    }

    private async Task ReportAsync(MailTransaction transaction, List<DeliveryJob> jobs, long size, TimeSpan duration)
    {
        foreach (var job in jobs)
        {
            var outcome = await job.Outcome;
            metrics.Delivered(outcome.Status, duration);
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

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [LoggerMessage(1, LogLevel.Error, "A message in session {SessionId} could not be delivered")]
    private partial void LogFailed(string sessionId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A message in session {SessionId} could not be delivered to user {User}")]
    private partial void LogRecipientFailed(string sessionId, string user, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Session {SessionId}, user {User}: {Status} {MessageId} in {Mailbox}, {Size} bytes, {Milliseconds:F1} ms")]
    private partial void LogDelivered(
        string sessionId, string user, DeliveryStatus status, string? messageId, string? mailbox, long size, double milliseconds);
}
