namespace Lmtp.Server.Storage.Changes;

/// <summary>What is done to a message.</summary>
internal enum MessageChangeKind
{
    /// <summary>It goes, into the archive or for good.</summary>
    Deletion,

    /// <summary>A copy of it takes its place in another mailbox.</summary>
    Move,

    /// <summary>It gets other flags.</summary>
    Flags,
}
