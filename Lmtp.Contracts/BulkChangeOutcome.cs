namespace Lmtp.Contracts;

/// <summary>How the change of one message of many ended.</summary>
public enum BulkChangeOutcome
{
    /// <summary>It is as it was to be: changed now, or so already.</summary>
    Done,

    /// <summary>The mailbox has no such message, or has it no more.</summary>
    NotFound,

    /// <summary>The change was broken off before it was this message's turn, or while it was; try it again.</summary>
    Failed,
}
