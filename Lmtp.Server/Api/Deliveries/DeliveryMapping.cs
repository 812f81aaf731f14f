using Lmtp.Contracts;
using Lmtp.Server.Storage.DeliveryLog;

namespace Lmtp.Server.Api.Deliveries;

/// <summary>Entries of the delivery log as the API shows them.</summary>
internal static class DeliveryMapping
{
    public static DeliverySummaryResponse ToSummary(this DeliveryRecord record) => new()
    {
        Id = record.Id.ToString(),
        Time = record.Time,
        Session = record.Session,
        QueueId = record.QueueId,
        Sender = record.Sender,
        Recipient = record.Recipient,
        Address = record.Address,
        User = record.User?.ToString(),
        Outcome = record.Outcome,
        Reply = record.Reply,
        Size = record.Size,
        MessageId = record.MessageId,
        Subject = record.Subject,
        Mailbox = record.Place?.Path,
        Message = record.Place?.Message,
        DurationMilliseconds = record.Duration.TotalMilliseconds,
    };

    public static DeliveryResponse ToResponse(this DeliveryRecord record) => new()
    {
        Id = record.Id.ToString(),
        Time = record.Time,
        Server = record.Server,
        Phase = record.Phase == DeliveryPhase.Rcpt ? "rcpt" : "message",
        Session = record.Session,
        Transaction = record.Transaction?.ToString(),
        ClientAddress = record.ClientAddress,
        ClientHost = record.ClientHost,
        LhloName = record.LhloName,
        TlsCipher = record.TlsCipher,
        Account = record.Account,
        QueueId = record.QueueId,
        EnvelopeId = record.EnvelopeId,
        Sender = record.Sender,
        Recipient = record.Recipient,
        Address = record.Address,
        OriginalRecipient = record.OriginalRecipient,
        Resolution = [.. record.Resolution.Select(step => new ResolutionStepResponse(step.Step, step.Result))],
        User = record.User?.ToString(),
        Size = record.Size,
        MessageId = record.MessageId,
        Subject = record.Subject,
        Outcome = record.Outcome,
        Reply = record.Reply,
        Limits = [.. record.Limits.Select(limit =>
            new LimitReadingResponse(limit.Name, limit.Value, limit.Limit, limit.Unit, limit.IsExceeded))],
        Filters = [.. record.Filters.Select(ToResponse)],
        Spam = record.Spam is { } spam
            ? new SpamReadingResponse(spam.IsSpam, spam.Source, spam.Score, spam.Level, spam.Reason)
            : null,
        MailboxId = record.Place?.Mailbox?.ToString(),
        Mailbox = record.Place?.Path,
        Message = record.Place?.Message,
        Uid = record.Place?.Uid,
        Modseq = record.Place?.Modseq,
        Encryption = record.Encryption is { } encryption
            ? new EncryptionReadingResponse(encryption.Kind, encryption.Reason)
            : null,
        Flags = record.Flags,
        Outgoing = [.. record.Outgoing.Select(outgoing =>
            new OutgoingReadingResponse(outgoing.Kind, outgoing.Targets, outgoing.QueueId, outgoing.Reason)
            {
                Encryption = outgoing.Encryption,
            })],
        Stages = [.. record.Stages.Select(stage =>
            new StageDurationResponse(stage.Stage, stage.Duration.TotalMilliseconds))],
        DurationMilliseconds = record.Duration.TotalMilliseconds,
        TraceId = record.TraceId,
    };

    private static FilterReadingResponse ToResponse(FilterReading filter) => new(
        filter.Id,
        filter.Name,
        filter.Applied,
        [.. filter.Conditions.Select(condition =>
            new ConditionReadingResponse(condition.Condition, condition.IsMet, condition.Reason))],
        filter.Reason);
}
