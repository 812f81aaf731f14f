namespace Lmtp.Server.Filters;

/// <summary>What filters see of a message for one recipient.</summary>
public sealed record FilterMessage
{
    /// <summary>The indexed headers: name and value in lower case, several of the same name as they come.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>The plain text, in lower case, each run of white space one space.</summary>
    public required string Text { get; init; }

    /// <summary>Whether there is an attachment, inline ones included.</summary>
    public bool HasAttachments => Attachments.Count > 0;

    /// <summary>The attachments, inline ones included.</summary>
    public IReadOnlyList<FilterAttachment> Attachments { get; init; } = [];

    /// <summary>The size in bytes, the added header lines included.</summary>
    public long Size { get; init; }

    /// <summary>All header fields.</summary>
    public FilterHeaders Fields { get; init; } = FilterHeaders.Empty;

    /// <summary>The envelope sender, normalised; empty for the null reverse-path.</summary>
    public string Sender { get; init; } = "";

    /// <summary>The envelope recipient, normalised, with its dots and tag.</summary>
    public string Recipient { get; init; } = "";

    /// <summary>The address in ORCPT; null when there was none.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>What follows the plus sign in the recipient's local part; null when there is no plus sign.</summary>
    public string? Tag { get; init; }

    /// <summary>What spam scanners found, 0 (no sign) to 100.</summary>
    public int SpamScore { get; init; }

    /// <summary>When the message arrived.</summary>
    public DateTimeOffset Received { get; init; }

    /// <summary>The Date header; null when there is none that makes sense.</summary>
    public DateTimeOffset? HeaderDate { get; init; }
}
