namespace MimeKit;

/// <summary>Header fields by name.</summary>
public enum HeaderId
{
    /// <summary>Whether the message was made by a program (RFC 3834).</summary>
    AutoSubmitted,

    /// <summary>Recipients whom the others do not see.</summary>
    Bcc,

    /// <summary>Recipients of a copy.</summary>
    Cc,

    /// <summary>What the content is about.</summary>
    ContentDescription,

    /// <summary>How the content is to be shown.</summary>
    ContentDisposition,

    /// <summary>The id of a part.</summary>
    ContentId,

    /// <summary>How the content is encoded.</summary>
    ContentTransferEncoding,

    /// <summary>The media type of the content.</summary>
    ContentType,

    /// <summary>When the message was written.</summary>
    Date,

    /// <summary>Who wrote it.</summary>
    From,

    /// <summary>The message that this one answers.</summary>
    InReplyTo,

    /// <summary>The id of a mailing list.</summary>
    ListId,

    /// <summary>The id of the message.</summary>
    MessageId,

    /// <summary>The version of MIME.</summary>
    MimeVersion,

    /// <summary>How the message came about: bulk, junk, list.</summary>
    Precedence,

    /// <summary>The hops.</summary>
    Received,

    /// <summary>The messages before this one in its thread.</summary>
    References,

    /// <summary>To whom answers go.</summary>
    ReplyTo,

    /// <summary>The envelope sender.</summary>
    ReturnPath,

    /// <summary>Who sent it.</summary>
    Sender,

    /// <summary>What it is about.</summary>
    Subject,

    /// <summary>Recipients.</summary>
    To,

    /// <summary>The program that made it.</summary>
    UserAgent,

    /// <summary>The program that made it.</summary>
    XMailer,

    /// <summary>Any other field.</summary>
    Unknown = -1,
}
