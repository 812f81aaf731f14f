namespace Lmtp.Server.Storage.Changes;

/// <summary>Completes changes of messages that another server, or a failure, has left unfinished.</summary>
internal sealed partial class MessageChangeRecovery(
    MessageChangeStore changes,
    MessageRemoval removal,
    MessageRelocation relocation,
    ILogger<MessageChangeRecovery> logger)
{
    /// <summary>Completes a change whose time is over, unless another server is at it.</summary>
    public async Task RecoverAsync(MessageChange change, CancellationToken cancellationToken)
    {
        if (!await changes.TryTakeOverAsync(change, cancellationToken))
        {
            return;
        }

        await (change.Copy is null ? removal.CompleteAsync(change) : relocation.CompleteAsync(change));
        LogCompleted(change.Copy is null ? "deletion" : "move", change.Message.Id.ToString());
    }

    [LoggerMessage(1, LogLevel.Warning, "Completed the {Kind} of message {MessageId}, which had been broken off")]
    private partial void LogCompleted(string kind, string messageId);
}
