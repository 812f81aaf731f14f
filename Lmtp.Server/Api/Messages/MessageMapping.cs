using Lmtp.Contracts;
using Lmtp.Server.Storage;
using Lmtp.Server.Storage.Changes;

namespace Lmtp.Server.Api.Messages;

/// <summary>Turns what is stored into what is answered.</summary>
internal static class MessageMapping
{
    public static MailboxResponse ToResponse(this MailboxSummary summary)
    {
        var mailbox = summary.Mailbox;
        return new MailboxResponse
        {
            Id = mailbox.Id.ToString(),
            Path = mailbox.Path,
            Name = mailbox.Path[(mailbox.Path.LastIndexOf('/') + 1)..],
            SpecialUse = mailbox.SpecialUse,
            UidValidity = mailbox.UidValidity,
            UidNext = mailbox.UidNext,
            HighestModseq = mailbox.HighestModseq,
            Total = summary.Total,
            Unseen = summary.Unseen,
            Retention = mailbox.Retention,
            Subscribed = mailbox.IsSubscribed,
            Hidden = mailbox.IsHidden,
        };
    }

    public static MessageSummaryResponse ToResponse(this MessageSummary message) => new()
    {
        Id = message.Id.ToString(),
        Mailbox = message.Mailbox.ToString(),
        Thread = message.Thread?.ToString(),
        Uid = message.Uid,
        Modseq = message.Modseq,
        Subject = message.Subject,
        From = ToResponse(message.From),
        To = ToResponse(message.To),
        MessageId = message.MessageId,
        Date = message.Date,
        Received = message.Received,
        Size = message.Size,
        Flags = message.Flags,
        Intro = message.Intro,
        HasAttachments = message.HasAttachments,
    };

    public static BulkChangeResponse ToResponse(this IReadOnlyList<BulkChange> changes) => new()
    {
        Done = changes.Count(change => change.Status == BulkChangeStatus.Done),
        Results = [.. changes.Select(ToResponse)],
    };

    public static MessageFlagChanges ToChanges(this UpdateMessageRequest request) =>
        new(request.Seen, request.Flagged, request.Draft, request.Deleted);

    public static MessageResponse ToFullResponse(this StoredMessage message)
    {
        var header = MessageHeaderView.Read(message.RawHeader.Span);
        return ToStoredResponse(message) with
        {
            Headers = header.Fields,
            Cc = header.Cc,
            ReplyTo = header.ReplyTo,
            InReplyTo = header.InReplyTo,
            References = header.References,
        };
    }

    private static BulkChangeResult ToResponse(BulkChange change) => new()
    {
        Message = change.Message.ToString(),
        Status = change.Status switch
        {
            BulkChangeStatus.Done => BulkChangeOutcome.Done,
            BulkChangeStatus.NotFound => BulkChangeOutcome.NotFound,
            _ => BulkChangeOutcome.Failed,
        },
        Changed = change.After?.ToResponse(),
    };

    private static MessageResponse ToStoredResponse(StoredMessage message) => new(message.ToResponse())
    {
        Text = message.Text,
        Html = message.Html,
        Header = message.Header,
        Attachments = [.. message.Attachments.Select(ToResponse)],
        EnvelopeFrom = message.EnvelopeFrom,
        EnvelopeTo = message.EnvelopeTo,
        QueueId = message.QueueId,
    };

    private static IReadOnlyList<MessageAddressResponse> ToResponse(IReadOnlyList<MessageAddress> addresses) =>
        [.. addresses.Select(address => new MessageAddressResponse(address.Name, address.Address))];

    private static AttachmentResponse ToResponse(StoredAttachment attachment) => new()
    {
        Id = attachment.Id,
        FileName = attachment.FileName,
        ContentType = attachment.ContentType,
        SizeInKilobytes = attachment.SizeInKilobytes,
        Related = attachment.IsRelated,
    };
}
