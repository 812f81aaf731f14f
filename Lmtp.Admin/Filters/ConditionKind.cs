namespace Lmtp.Admin.Filters;

/// <summary>What a condition looks at, in the order in which the editor offers it.</summary>
public enum ConditionKind
{
    /// <summary>The subject.</summary>
    Subject,

    /// <summary>The From field.</summary>
    From,

    /// <summary>The To field.</summary>
    To,

    /// <summary>The Cc field.</summary>
    Cc,

    /// <summary>Another header field, by its name.</summary>
    Header,

    /// <summary>The plain text, as a pattern.</summary>
    Body,

    /// <summary>Words in the text, by WildDuck's rules.</summary>
    Words,

    /// <summary>The List-Id field.</summary>
    ListId,

    /// <summary>Whether it is mail of a list.</summary>
    List,

    /// <summary>Whether there is an attachment.</summary>
    Attachment,

    /// <summary>The file name of an attachment.</summary>
    AttachmentName,

    /// <summary>The media type of an attachment.</summary>
    AttachmentType,

    /// <summary>The size in bytes.</summary>
    Size,

    /// <summary>What spam scanners found.</summary>
    SpamScore,

    /// <summary>The envelope sender.</summary>
    Sender,

    /// <summary>The envelope recipient.</summary>
    Recipient,

    /// <summary>The recipient before aliases were expanded.</summary>
    OriginalRecipient,

    /// <summary>What follows the plus sign of the recipient.</summary>
    Tag,

    /// <summary>The day.</summary>
    Date,

    /// <summary>The day of the week.</summary>
    Weekday,
}
