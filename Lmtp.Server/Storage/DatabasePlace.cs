namespace Lmtp.Server.Storage;

/// <summary>The logical databases of WildDuck, which may be one.</summary>
internal enum DatabasePlace
{
    /// <summary>Mailboxes and messages.</summary>
    Main,

    /// <summary>Users and addresses.</summary>
    Users,

    /// <summary>Attachments.</summary>
    Attachments,

    /// <summary>What is ours alone.</summary>
    Own,
}
