namespace Lmtp.Admin.Filters;

/// <summary>What a filter does, in the order in which the editor offers it.</summary>
public enum ActionKind
{
    /// <summary>Into a mailbox.</summary>
    Mailbox,

    /// <summary>Counts as read.</summary>
    Seen,

    /// <summary>Stays unread, whatever other filters say.</summary>
    Unseen,

    /// <summary>Marked as important.</summary>
    Flagged,

    /// <summary>Not marked as important, whatever other filters say.</summary>
    Unflagged,

    /// <summary>Gets IMAP keywords.</summary>
    Keywords,

    /// <summary>Counts as spam.</summary>
    Spam,

    /// <summary>Never counts as spam.</summary>
    NoSpam,

    /// <summary>A copy goes elsewhere.</summary>
    Forward,

    /// <summary>Goes elsewhere and is not kept.</summary>
    Redirect,

    /// <summary>Refused with a text.</summary>
    Reject,

    /// <summary>Dropped.</summary>
    Delete,

    /// <summary>Not dropped, whatever other filters say.</summary>
    Keep,
}
