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
        OriginalRecipient = AddressOf(recipient.Recipient.OriginalRecipient),
        Tag = TagOf(recipient.Recipient.Address),
        SpamScore = spamScore,
        Received = recipient.Received,
        HeaderDate = ToTime(message.Message.HeaderDate),
    };

    // ORCPT is "type;address" (RFC 3461 section 4.2).
    private static string? AddressOf(string? originalRecipient) =>
        originalRecipient is null ? null : originalRecipient[(originalRecipient.IndexOf(';', StringComparison.Ordinal) + 1)..];

    private static string? TagOf(string address)
    {
        var local = address[..address.LastIndexOf('@')];
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? null : local[(plus + 1)..];
    }

    private static DateTimeOffset? ToTime(long? milliseconds) =>
        milliseconds is { } value
        && value >= DateTimeOffset.MinValue.AddDays(1).ToUnixTimeMilliseconds()
        && value <= DateTimeOffset.MaxValue.AddDays(-1).ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;
}
