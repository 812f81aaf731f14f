namespace Lmtp.Server.Filters;

/// <summary>The kinds of conditions that a filter can have.</summary>
public enum FilterCondition
{
    /// <summary>A header field.</summary>
    Header,

    /// <summary>An attachment, whatever it is.</summary>
    Attachment,

    /// <summary>The size.</summary>
    Size,

    /// <summary>Words in the text, as WildDuck looks for them.</summary>
    Text,

    /// <summary>The envelope sender.</summary>
    Sender,

    /// <summary>The envelope recipient.</summary>
    Recipient,

    /// <summary>The recipient before aliases were expanded, as ORCPT tells it (RFC 3461).</summary>
    OriginalRecipient,

    /// <summary>What follows the plus sign in the recipient's local part.</summary>
    Tag,

    /// <summary>The file name of an attachment.</summary>
    AttachmentName,

    /// <summary>The media type of an attachment.</summary>
    AttachmentType,

    /// <summary>What spam scanners found, 0 to 100.</summary>
    SpamScore,

    /// <summary>The day of arrival, or of the Date header.</summary>
    Date,

    /// <summary>The day of the week of arrival, or of the Date header.</summary>
    Weekday,

    /// <summary>Mail of a mailing list.</summary>
    List,

    /// <summary>The plain text.</summary>
    Body,
}
