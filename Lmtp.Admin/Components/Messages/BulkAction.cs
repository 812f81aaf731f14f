namespace Lmtp.Admin.Components.Messages;

/// <summary>What can be done with many messages at once.</summary>
public enum BulkAction
{
    /// <summary>Mark them as read.</summary>
    Read,

    /// <summary>Mark them as unread.</summary>
    Unread,

    /// <summary>Flag them.</summary>
    Flag,

    /// <summary>Take their flags away.</summary>
    Unflag,

    /// <summary>Move them to another mailbox.</summary>
    Move,

    /// <summary>Delete them.</summary>
    Delete,
}
