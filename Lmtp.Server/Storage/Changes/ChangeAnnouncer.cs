using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Tells caches and open IMAP sessions of changes. What cannot be told is logged: the change itself stands.</summary>
internal sealed partial class ChangeAnnouncer(
    MailboxCounters counters, ChangeNotifier notifier, TimeProvider time, ILogger<ChangeAnnouncer> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Flags of a message were changed.</summary>
    public Task FlagsChangedAsync(ObjectId user, ObjectId mailbox) => TryAsync(user, async cancellationToken =>
    {
        await counters.ForgetUnseenAsync(mailbox);
        await notifier.NotifyAsync(user, cancellationToken);
    });

    /// <summary>The list of mailboxes was changed.</summary>
    public Task MailboxesChangedAsync(ObjectId user) =>
        TryAsync(user, cancellationToken => notifier.NotifyAsync(user, cancellationToken));

    /// <summary>A mailbox is gone: sessions that have it open are ended.</summary>
    public Task MailboxDroppedAsync(ObjectId user, ObjectId mailbox) => TryAsync(user, async cancellationToken =>
    {
        await notifier.NotifyDroppedAsync(user, mailbox, cancellationToken);
        await notifier.NotifyAsync(user, cancellationToken);
    });

    private async Task TryAsync(ObjectId user, Func<CancellationToken, Task> announce)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            await announce(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogNotAnnounced(user, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Open IMAP sessions of user {User} were not told of a change")]
    private partial void LogNotAnnounced(ObjectId user, Exception exception);
}
