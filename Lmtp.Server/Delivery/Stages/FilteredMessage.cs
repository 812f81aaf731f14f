using Lmtp.Server.Filters;

namespace Lmtp.Server.Delivery.Stages;

/// <summary>Makes what filters see out of a message and one of its recipients.</summary>
internal static class FilteredMessage
{
    /// <param name="message">The message.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="spamScore">What spam scanners found, 0 to 100.</param>
    public static FilterMessage Of(MessageContext message, RecipientContext recipient, int spamScore) => new()
    {
        Headers = [.. recipient.Copy.IndexedHeaders.Select(header => KeyValuePair.Create(header.Key, header.Value))],
        Text = message.FilterText,
        Attachments =
        [
            .. message.Message.Attachments
                .Where(attachment => attachment.IsListed)
                .Select(attachment => new FilterAttachment(attachment.FileName, attachment.ContentType)),
        ],
        Size = recipient.Copy.Size,
        Fields = new FilterHeaders(recipient.Copy.Header),
        Sender = message.Sender,
        Recipient = recipient.Recipient.Address,
        OriginalRecipient = Stages.OriginalRecipient.AddressOf(recipient.Recipient.OriginalRecipient),
        Tag = AddressDetail.TagOf(recipient.Recipient.Address),
        SpamScore = spamScore,
        Received = recipient.Received,
        HeaderDate = ToTime(message.Message.HeaderDate),
    };

    private static DateTimeOffset? ToTime(long? milliseconds) =>
        milliseconds is { } value
        && value >= DateTimeOffset.MinValue.AddDays(1).ToUnixTimeMilliseconds()
        && value <= DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;
}
