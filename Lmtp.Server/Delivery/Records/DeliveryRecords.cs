using System.Diagnostics;
using Lmtp.Server.Delivery.Outgoing;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.DeliveryLog;
using Microsoft.Extensions.Options;
using MongoDB.Bson;

namespace Lmtp.Server.Delivery.Records;

/// <summary>Makes entries of the delivery log.</summary>
internal sealed class DeliveryRecords(IOptionsMonitor<DeliveryLogOptions> options, TimeProvider time)
{
    private const int MaxSubject = 256;
    private const int MaxMessageId = 998;

    private static readonly string Server = Environment.MachineName;

    /// <summary>The entry of a recipient that was refused at RCPT.</summary>
    public DeliveryRecord OfRefusal(
        MailTransaction transaction, ForwardPath forwardPath, RecipientVerdict verdict, TimeSpan duration) =>
        OfTransaction(transaction) with
        {
            Phase = DeliveryPhase.Rcpt,
            Recipient = forwardPath.Address,
            Address = MailAddressNormalizer.Normalize(forwardPath.Address),
            OriginalRecipient = forwardPath.OriginalRecipient,
            Resolution = verdict.Resolution ?? [],
            Limits = verdict.Limits ?? [],
            User = verdict.User,
            Outcome = DeliveryStatusNames.Of(verdict.Status),
            Reply = DeliveryReplyText.AtRcpt(verdict, forwardPath.Address),
            Duration = duration,
        };

    /// <summary>The entry of a recipient whose message was refused as a whole, before delivery began.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="fault">A short name of what is wrong with the message.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="size">The bytes that were received.</param>
    public DeliveryRecord OfRefusedMessage(
        MailTransaction transaction, ResolvedRecipient recipient, string fault, string reply, long size) =>
        OfRecipient(transaction, recipient) with { Outcome = fault, Reply = reply, Size = size };

    /// <summary>The entry of a delivery that has come to its end.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="message">The message; null when it could not be read.</param>
    /// <param name="job">The delivery, with its outcome.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="answer">What RCPT is answered.</param>
    /// <param name="size">The bytes of the message as received.</param>
    /// <param name="duration">The time from the end of the message to the answer.</param>
    public DeliveryRecord OfDelivery(
        MailTransaction transaction,
        MessageContext? message,
        DeliveryJob job,
        DeliveryOutcome outcome,
        DeliveryOutcome answer,
        long size,
        TimeSpan duration) =>
        OfContext(transaction, message, job.Recipient, job.Context, outcome) with
        {
            Reply = DeliveryReplyText.AtEndOfMessage(answer, job.Recipient.Address, transaction.Session.SessionId),
            Place = PlaceOf(job.Context, outcome, job.Written),
            Outgoing = [.. (job.Plan?.Outgoing ?? job.Context?.Outgoing ?? []).Select(OutgoingReadings.Of)],
            Stages = [.. job.Trace.Stages],
            Duration = duration,
            Size = size,
        };

    /// <summary>The part of an entry that follows from what the stages decided, whether or not anything was stored.</summary>
    public DeliveryRecord OfContext(
        MailTransaction transaction,
        MessageContext? message,
        ResolvedRecipient recipient,
        RecipientContext? context,
        DeliveryOutcome outcome) => OfRecipient(transaction, recipient) with
        {
            Transaction = message?.TransactionId,
            QueueId = transaction.Session.QueueId
                ?? (message is null ? null : ReceivedTrace.Of(message.Message).Id?.TrimEnd(';')),
            MessageId = Cut(message?.Message.MessageId, MaxMessageId),
            Subject = options.CurrentValue.IncludeSubject ? Cut(message?.Message.Subject, MaxSubject) : null,
            Size = message?.Message.Source.Length,
            Limits = [.. recipient.Limits, .. context?.Limits ?? []],
            Filters = context?.Filters is { } filters ? FilterReadings.Of(filters) : [],
            Spam = context?.Filters is { } decision ? FilterReadings.SpamOf(decision, context) : null,
            Place = PlaceOf(context, outcome, default),
            Encryption = context?.Encryption,
            Flags = context?.Flags ?? [],
            Outgoing = [.. (context?.Outgoing ?? []).Select(OutgoingReadings.Of)],
            Outcome = DeliveryStatusNames.Of(outcome.Status),
            Reply = DeliveryReplyText.AtEndOfMessage(outcome, recipient.Address, transaction.Session.SessionId),
        };

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length];

    private static StoredPlace? PlaceOf(RecipientContext? context, DeliveryOutcome outcome, MailboxWriteResult written)
    {
        var isStored = written.Uid > 0;
        return context?.Mailbox is null && outcome.MessageId is null
            ? null
            : new StoredPlace(
                context?.Mailbox?.Id,
                context?.Mailbox?.Path,
                outcome.MessageId,
                isStored ? written.Uid : null,
                isStored ? written.Modseq : null);
    }

    private DeliveryRecord OfRecipient(MailTransaction transaction, ResolvedRecipient recipient) =>
        OfTransaction(transaction) with
        {
            Recipient = recipient.Given ?? recipient.Address,
            Address = recipient.Address,
            OriginalRecipient = recipient.OriginalRecipient,
            Resolution = recipient.Resolution,
            User = ObjectId.TryParse(recipient.UserId, out var user) ? user : null,
        };

    private DeliveryRecord OfTransaction(MailTransaction transaction)
    {
        var now = time.GetUtcNow();
        var session = transaction.Session;
        return new DeliveryRecord
        {
            Id = ObjectId.GenerateNewId(now.UtcDateTime),
            Time = now,
            Server = Server,
            Phase = DeliveryPhase.Message,
            Session = session.SessionId,
            ClientAddress = session.ClientAddress?.ToString(),
            ClientHost = session.ClientHost,
            LhloName = session.LhloName,
            TlsCipher = session.TlsCipher,
            Account = session.AuthenticatedAs,
            QueueId = session.QueueId,
            EnvelopeId = transaction.EnvelopeId,
            Sender = MailAddressNormalizer.Normalize(transaction.ReversePath),
            Recipient = string.Empty,
            Address = string.Empty,
            Outcome = string.Empty,
            Reply = string.Empty,
            TraceId = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToString() : null,
        };
    }
}
