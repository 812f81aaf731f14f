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

        if (await TryCompleteAsync(change))
        {
            LogCompleted(change.Name, change.Id.ToString());
        }
    }

    private async Task<bool> TryCompleteAsync(PendingChange change)
    {
        switch (change)
        {
            case MailboxDeletion deletion:
                await mailboxes.CompleteAsync(deletion);
                return true;
            case UserDeletion deletion:
                await users.CompleteAsync(deletion);
                return true;
            case MessageChange { Kind: MessageChangeKind.Deletion } deletion:
                return await removal.CompleteAsync(deletion);
            case MessageChange { Kind: MessageChangeKind.Move } move:
                return await relocation.CompleteAsync(move);
            case MessageChange flags:
                await flagging.CompleteAsync(flags);
                return true;
            default:
                throw new InvalidOperationException($"Nobody knows how to complete a {change.Name}.");
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Completed the change ({Kind}) of {Id}, which had been broken off")]
    private partial void LogCompleted(string kind, string id);
}
