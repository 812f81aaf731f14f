namespace Lmtp.Server.Storage.Changes;

/// <summary>Completes changes of messages, mailboxes and users that another server, or a failure, has left unfinished.</summary>
internal sealed partial class ChangeRecovery(
    ChangeStore changes,
    MessageRemoval removal,
    MessageRelocation relocation,
    MessageFlagging flagging,
    MailboxRemoval mailboxes,
    UserRemoval users,
    ILogger<ChangeRecovery> logger)
{
    /// <summary>Completes a change whose time is over, unless another server is at it.</summary>
    public async Task RecoverAsync(PendingChange change, CancellationToken cancellationToken)
    {
        if (!await changes.TryTakeOverAsync(change, cancellationToken))
        {
            return;
        }

        await (change switch
        {
            MailboxDeletion deletion => mailboxes.CompleteAsync(deletion),
            UserDeletion deletion => users.CompleteAsync(deletion),
            MessageChange { Kind: MessageChangeKind.Deletion } deletion => removal.CompleteAsync(deletion),
            MessageChange { Kind: MessageChangeKind.Move } move => relocation.CompleteAsync(move),
            MessageChange flags => flagging.CompleteAsync(flags),
            _ => throw new InvalidOperationException($"Nobody knows how to complete a {change.Name}."),
        });
        LogCompleted(change.Name, change.Id.ToString());
    }

    [LoggerMessage(1, LogLevel.Warning, "Completed the change ({Kind}) of {Id}, which had been broken off")]
    private partial void LogCompleted(string kind, string id);
}
