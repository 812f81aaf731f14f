using Lmtp.Server.Delivery.Claims;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Mime;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Lmtp.Server.Storage.MessageDocuments;
using Lmtp.Server.Storage.Outgoing;
using MongoDB.Driver;

namespace Lmtp.Server.Delivery;

/// <summary>
/// Stores a planned message: quota and used storage first, then the message, then what follows from it. What was counted
/// for a message that is not stored in the end is taken back. Specification section 8.
/// </summary>
internal sealed partial class MessageStorer(
    MessageComposer composer,
    AttachmentStore attachments,
    IAbandonedDeliveries abandoned,
    UsedStorage usedStorage,
    QuotaPolicy quota,
    MailboxWriter writer,
    OutgoingDelivery outgoing,
    AddressRegister register,
    ClaimStore claims,
    ClaimRecovery recovery,
    TransactionClaims transactions,
    ILogger<MessageStorer> logger)
{
    /// <summary>Stores the message of a job whose claim is ours and whose attachments are there.</summary>
    public async Task<DeliveryOutcome> StoreAsync(
        MessageContext message,
        DeliveryJob job,
        IReadOnlyDictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await TryStoreAsync(message, job, contentHashes, cancellationToken);
            if (!job.IsCommitted && outcome.Status != DeliveryStatus.InProgressElsewhere)
            {
                await AbortAsync(job);
            }

            return outcome;
        }
        catch (Exception exception) when (job.IsCommitted || DatabaseFailure.MayHaveBeenDone(exception))
        {
            // Nobody knows whether the last command was done, or something is left to be done. The claim stays open: a
            // retry or the sweeper finds out.
            LogUnknown(job.Plan!.MessageId.ToString(), exception);
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }
        catch (Exception exception)
        {
            LogFailed(job.Plan!.MessageId.ToString(), exception);
            await AbortAsync(job);
            return new DeliveryOutcome(DeliveryStatus.TemporaryFailure);
        }
    }

    /// <summary>Takes back what was counted for a job and closes its claim.</summary>
    public async Task AbortAsync(DeliveryJob job)
    {
        try
        {
            // What is undone while another server has the delivery may be what that one has counted.
            if (!await claims.HoldAsync(job.Key!, job.Epoch!.Value, CancellationToken.None))
            {
                return;
            }

            await recovery.AbortAsync(job.Key!, job.Plan!, job.Epoch!.Value, CancellationToken.None);
        }
        catch (Exception exception) when (exception is MongoException or TimeoutException)
        {
            LogNotUndone(job.Plan!.MessageId.ToString(), exception);
        }
    }

    private async Task<DeliveryOutcome> TryStoreAsync(
        MessageContext message,
        DeliveryJob job,
        IReadOnlyDictionary<string, string> contentHashes,
        CancellationToken cancellationToken)
    {
        var plan = job.Plan!;
        if (!plan.StoresMessage)
        {
            return await SendAsync(message, job, cancellationToken);
        }

        if (plan.Encryption is not null)
        {
            using var stage = job.Trace.Begin("attachments");
            contentHashes = await attachments.AcquireAsync(
                job.Context!.StoredCopy.Message, plan.Magic, [job.Key!], abandoned, cancellationToken);
        }

        var limit = await quota.LimitOfAsync(job.Context!.User!, cancellationToken);
        var counted = await usedStorage.AddAsync(plan, job.Key!, limit, cancellationToken);
        job.Context.Limits.Add(new LimitReading(
            LimitReading.Quota, job.Context.User!.StorageUsed + plan.Size, limit, "By", counted == StorageClaim.QuotaExceeded));
        switch (counted)
        {
            case StorageClaim.UserGone:
                return new DeliveryOutcome(DeliveryStatus.UnknownRecipient);
            case StorageClaim.QuotaExceeded:
                return new DeliveryOutcome(quota.FullStatus(plan.Size, limit));
        }

        if (!await outgoing.PrepareAsync(message, job, cancellationToken))
        {
            return new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
        }

        var document = await composer.ComposeAsync(message, job, contentHashes, cancellationToken);
        switch (DocumentLimits.Check(document))
        {
            case MessageFault.TooLarge:
                return new DeliveryOutcome(DeliveryStatus.MessageTooLarge);
            case MessageFault.TooDeep:
                return new DeliveryOutcome(DeliveryStatus.MessageTooComplex);
        }

        var result = await writer.WriteAsync(document, job.Context.StoredCopy.Message.Source.Length, cancellationToken);
        job.Written = result;
        return result.Status switch
        {
            MailboxWriteStatus.Stored => await AnswerStoredAsync(message, job, result.Announced),
            MailboxWriteStatus.AlreadyThere => await AnswerThereAsync(message, job),
            MailboxWriteStatus.TooLarge => new DeliveryOutcome(DeliveryStatus.MessageTooLarge),
            MailboxWriteStatus.TooDeep => new DeliveryOutcome(DeliveryStatus.MessageTooComplex),
            _ => new DeliveryOutcome(DeliveryStatus.TemporaryFailure, Detail: "Mailbox is missing"),
        };
    }

    // From here on the message is stored: no cancellation may keep the claim from saying so.
    private async Task<DeliveryOutcome> AnswerStoredAsync(MessageContext message, DeliveryJob job, Task announced)
    {
        job.IsCommitted = true;
        await outgoing.ReleaseAsync(job.Plan!, CancellationToken.None);
        await Task.WhenAll(
            announced, register.AddAsync(job.Plan!.User, job.Plan.Correspondents, CancellationToken.None));
        if (!await claims.MarkStoredAsync(job.Key!, job.Epoch!.Value, CancellationToken.None))
        {
            return await AnswerThereAsync(message, job);
        }

        if (job.Epoch == 0 && !job.IsPart)
        {
            transactions.Remember(message.Transaction, job);
        }

        return PlannedAnswer.Of(job.Plan!);
    }

    // A delivery that stores nothing: the claim itself says that its messages go out.
    private async Task<DeliveryOutcome> SendAsync(
        MessageContext message, DeliveryJob job, CancellationToken cancellationToken)
    {
        if (!await outgoing.PrepareAsync(message, job, cancellationToken))
        {
            return new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
        }

        // Nothing would be left of a message that is forwarded only.
        if (job.Plan!.Unstored == DeliveryStatusNames.Of(DeliveryStatus.Forwarded)
            && job.Plan.Outgoing is [{ Kind: OutgoingKind.Forward, Refusal: { } refusal }, ..])
        {
            return new DeliveryOutcome(refusal == OutgoingRefusal.Loop ? DeliveryStatus.ForwardingLoop : DeliveryStatus.RateLimited);
        }

        return await claims.CommitAsync(job.Key!, job.Epoch!.Value, cancellationToken)
            ? await AnswerStoredAsync(message, job, Task.CompletedTask)
            : new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
    }

    // Somebody else took the delivery over and is, or was, finishing it.
    private async Task<DeliveryOutcome> AnswerThereAsync(MessageContext message, DeliveryJob job)
    {
        var claim = await FindClaimAsync(job);
        if (claim?.State == ClaimState.Aborted && await claims.ReopenAsync(claim, job.Plan!, CancellationToken.None))
        {
            // It was undone while we were held up, and is there now all the same.
            job.Epoch = claim.Epoch + 1;
            await outgoing.PrepareAsync(message, job, CancellationToken.None);
        }

        if (claim is { State: not ClaimState.Stored })
        {
            await recovery.TryFinishAsync(job.Key!, job.Plan!, job.Epoch!.Value, CancellationToken.None);
            claim = await FindClaimAsync(job);
        }

        return claim?.State == ClaimState.Stored
            ? PlannedAnswer.Of(claim.Plan)
            : new DeliveryOutcome(DeliveryStatus.InProgressElsewhere);
    }

    private async Task<DeliveryClaim?> FindClaimAsync(DeliveryJob job) =>
        (await claims.FindAsync([job.Key!], CancellationToken.None)).SingleOrDefault();

    [LoggerMessage(1, LogLevel.Warning, "It is not known whether message {MessageId} was stored")]
    private partial void LogUnknown(string messageId, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Message {MessageId} could not be stored")]
    private partial void LogFailed(string messageId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The delivery of message {MessageId} could not be undone yet")]
    private partial void LogNotUndone(string messageId, Exception exception);
}
