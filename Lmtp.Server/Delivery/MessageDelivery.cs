using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Forwarding;
using Lmtp.Server.Delivery.Records;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Microsoft.Extensions.Options;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Delivers a received message in four steps: plan for every recipient, claim all plans by one operation, store the
/// attachments once for all copies, then store the copies: different users at the same time, those of one user in
/// RCPT order.
/// </summary>
internal sealed partial class MessageDelivery(
    DeliveryPlanner planner,
    ClaimStore claims,
    TransactionClaims transactions,
    AttachmentStore attachments,
    IAbandonedDeliveries abandoned,
    UserDeliveries users,
    MessageStorer storer,
    DeliveryReport report,
    IOptions<StorageOptions> storage,
    TimeProvider time,
    ILogger<MessageDelivery> logger)
{
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
            var job = JobOf(recipient, jobs);
            if (recipient.LocalTargets.Count > 0 && job.Answer == job.Outcome)
            {
                AnswerTogether(transaction, job, [.. recipient.LocalTargets.Select(user => JobOf(recipient.ForTarget(user), jobs))]);
            }

            tasks.Add(job.Answer);
        }

        var run = RunAsync(transaction, jobs, indexer, source, cancellationToken);

        // The last answer waits for the whole run, so that nothing of it outlives the intake.
        if (tasks.Count > 0)
        {
            tasks[^1] = AfterAsync(run, tasks[^1]);
        }

        return tasks;
    }

    // The same address given twice is delivered once and answered twice.
    private DeliveryJob JobOf(ResolvedRecipient recipient, List<DeliveryJob> jobs)
    {
        var job = jobs.Find(known => known.Recipient.ClaimName == recipient.ClaimName && known.Recipient.UserId == recipient.UserId);
        if (job is null)
        {
            var trace = new DeliveryTrace(time, DeliveryActivities.StartRecipient(recipient.Address));
            job = new DeliveryJob(recipient, isFirst: jobs.Count == 0, trace);
            jobs.Add(job);
        }

        return job;
    }

    private void AnswerTogether(MailTransaction transaction, DeliveryJob forward, List<DeliveryJob> local)
    {
        var answer = AnswerAsync(transaction, forward, local);
        foreach (var job in local.Append(forward))
        {
            job.Answer = answer;
        }
    }

    // Only an answer of 250 lets the client forget the message, and us what was done with it.
    private async Task<DeliveryOutcome> AnswerAsync(MailTransaction transaction, DeliveryJob forward, List<DeliveryJob> local)
    {
        var forwarded = await forward.Outcome;
        var outcome = ForwardedAnswer.Of(
            forward.Recipient.ForwardsElsewhere ? forwarded : null, await Task.WhenAll(local.Select(job => job.Outcome)));
        if (outcome.IsDone)
        {
            foreach (var job in local.Append(forward).Where(job => job is { Epoch: 0, IsCommitted: true }))
            {
                transactions.Remember(transaction, job);
            }
        }

        return outcome;
    }

    private static async Task<DeliveryOutcome> AfterAsync(Task run, Task<DeliveryOutcome> outcome)
    {
        await run;
        return await outcome;
    }

    private static IEnumerable<List<DeliveryJob>> ByUser(IEnumerable<DeliveryJob> jobs) => jobs
        .GroupBy(job => job.Recipient.Owner, StringComparer.Ordinal)
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
        IndexedMessage? message = null;
        MessageContext? context = null;
        var lost = CancellationToken.None;
        try
        {
            await using var lease = new ClaimLease(claims, jobs, storage.Value.ClaimLease, time, logger);
            lost = lease.Lost;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellationToken);
            using (DeliveryTrace.BeginShared(time, "index", jobs))
            {
                message = await indexer.CompleteAsync(source, either.Token);
            }

            if (message.Fault == MessageFault.None)
            {
                context = MessageContext.Of(transaction, message, time);
                await DeliverAsync(context, jobs, either.Token);
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
            if (!DatabaseFailure.MayHaveBeenDone(exception))
            {
                await AbortPendingAsync(jobs);
            }
        }
        finally
        {
            CompleteAll(jobs, DeliveryStatus.TemporaryFailure);
            if (lost.IsCancellationRequested)
            {
                await CheckSoonAsync(jobs);
            }

            await report.WriteAsync(transaction, context, jobs, source.Length, time.GetElapsedTime(started));
            foreach (var job in jobs)
            {
                await job.ReleaseEncryptedAsync();
            }

            message?.Dispose();
        }
    }

    private async Task DeliverAsync(MessageContext message, List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        foreach (var job in jobs)
        {
            job.Key = DeliveryKey.Of(message.Sender, job.Recipient.ClaimName, message.Message.Sha256.Span);
        }

        var known = (await claims.FindAsync(jobs.Select(job => job.Key!), cancellationToken))
            .ToDictionary(claim => claim.Key);
        await Task.WhenAll(ByUser(jobs).Select(user => PlanAsync(message, user, known, cancellationToken)));
        await ClaimAsync(jobs, cancellationToken);
        var contentHashes = await StoreAttachmentsAsync(message, jobs, cancellationToken);
        await Task.WhenAll(ByUser(jobs).Select(user => users.StoreAsync(message, user, contentHashes, cancellationToken)));
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
            CompleteAll(jobs.Where(job => job.Epoch is null), DeliveryStatus.TemporaryFailure);
        }
    }

    private async Task ClaimAsync(List<DeliveryJob> jobs, CancellationToken cancellationToken)
    {
        var unclaimed = jobs.Where(job => job.IsPending && job.Epoch is null).ToList();
        if (unclaimed.Count == 0)
        {
            return;
        }

        using var stage = DeliveryTrace.BeginShared(time, "claim", unclaimed);
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

        // An encrypted copy has attachments of its own.
        var pending = jobs.Where(job => job is { IsPending: true, Plan: { StoresMessage: true, Encryption: null } }).ToList();
        using var stage = DeliveryTrace.BeginShared(time, "attachments", pending);

        // One group, but for deliveries that were taken over with the random number of another attempt.
        foreach (var copies in pending.GroupBy(job => job.Plan!.Magic))
        {
            var keys = copies.Select(job => job.Key!).ToList();
            var hashes = await attachments.AcquireAsync(message.Message, copies.Key, keys, abandoned, cancellationToken);
            foreach (var (id, hash) in hashes)
            {
                contentHashes.TryAdd(id, hash);
            }
        }

        return contentHashes;
    }

    // Our last command may have come after another server had the deliveries. Without this they are looked at later.
    private async Task CheckSoonAsync(List<DeliveryJob> jobs)
    {
        try
        {
            await claims.CheckSoonAsync([.. jobs.Where(job => job.Epoch is not null).Select(job => job.Key!)], CancellationToken.None);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            LogNotChecked(exception);
        }
    }

    private async Task AbortPendingAsync(List<DeliveryJob> jobs)
    {
        foreach (var job in jobs.Where(job => job is { IsPending: true, Epoch: not null, IsCommitted: false }))
        {
            await storer.AbortAsync(job);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A message in session {SessionId} could not be delivered")]
    private partial void LogFailed(string sessionId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Deliveries that were held up for too long could not be marked; they are looked at later")]
    private partial void LogNotChecked(Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A message in session {SessionId} could not be delivered to user {User}")]
    private partial void LogRecipientFailed(string sessionId, string user, Exception exception);
}
