using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// Says in Redis that a mailbox has changed: cached counts, then the notification of IMAP sessions. No failure of Redis
/// is one of its caller, and a Redis that hangs is waited for only a moment.
/// </summary>
internal sealed partial class MailboxAnnouncer(
    MailboxCounters counters, ChangeNotifier notifier, TimeProvider time, ILogger<MailboxAnnouncer> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Announces a change of the number of messages, of all and of unseen ones.</summary>
    public Task ChangedAsync(ObjectId mailbox, ObjectId user, int total, int unseen) =>
        AnnounceAsync(mailbox, user, counters.AddAsync(mailbox, total, unseen));

    /// <summary>Announces a change that may have been announced before: the counts are forgotten and read anew.</summary>
    public Task MayHaveChangedAsync(ObjectId mailbox, ObjectId user) =>
        AnnounceAsync(mailbox, user, counters.ForgetAsync(mailbox));

    private async Task AnnounceAsync(ObjectId mailbox, ObjectId user, Task counted)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            await counted.WaitAsync(timeout.Token);
            await notifier.NotifyAsync(user, timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            LogNotAnnounced(mailbox, exception);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Open IMAP sessions of mailbox {Mailbox} were not told of a change")]
    private partial void LogNotAnnounced(ObjectId mailbox, Exception exception);
}
