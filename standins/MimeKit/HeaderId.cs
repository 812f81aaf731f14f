namespace MimeKit;

/// <summary>Header fields by name.</summary>
public enum HeaderId
{
    /// <summary>Whether the message was made by a program (RFC 3834).</summary>
    AutoSubmitted = 16,

    /// <summary>Recipients whom the others do not see.</summary>
    Bcc = 19,

    /// <summary>Recipients of a copy.</summary>
    Cc = 22,

    /// <summary>What the content is about.</summary>
    ContentDescription = 27,

    /// <summary>How the content is to be shown.</summary>
    ContentDisposition = 28,

    /// <summary>The id of a part.</summary>
    ContentId = 31,

    /// <summary>How the content is encoded.</summary>
    ContentTransferEncoding = 38,

    /// <summary>The media type of the content.</summary>
    ContentType = 40,

    /// <summary>When the message was written.</summary>
    Date = 44,

    /// <summary>Who wrote it.</summary>
    From = 59,

    /// <summary>The message that this one answers.</summary>
    InReplyTo = 64,

    /// <summary>The id of a mailing list.</summary>
    ListId = 71,

    /// <summary>The id of the message.</summary>
    MessageId = 77,

    /// <summary>The version of MIME.</summary>
    MimeVersion = 78,

    /// <summary>How the message came about: bulk, junk, list.</summary>
    Precedence = 88,

    /// <summary>The hops.</summary>
    Received = 91,

    /// <summary>The messages before this one in its thread.</summary>
    References = 93,

    /// <summary>To whom answers go.</summary>
    ReplyTo = 96,

    /// <summary>The envelope sender.</summary>
    ReturnPath = 106,

    /// <summary>Who sent it.</summary>
    Sender = 109,

    /// <summary>What it is about.</summary>
    Subject = 113,

    /// <summary>Recipients.</summary>
    To = 117,

    /// <summary>The program that made it.</summary>
    UserAgent = 118,

    /// <summary>The program that made it.</summary>
    XMailer = 127,

    /// <summary>Any other field.</summary>
    Unknown = -1,
}
