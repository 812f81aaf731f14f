using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Lets the changes of one message, mailbox or user come one after the other, whichever servers make them.</summary>
internal sealed class ChangeTurns(ChangeStore changes, ChangeRecovery recovery, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes a change as soon as there is no other one of the same thing; what was left unfinished is completed first. A change
    /// that has begun is brought to its end, whoever goes away meanwhile.
    /// </summary>
    /// <param name="change">The change, which is written down first.</param>
    /// <param name="run">Makes it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TimeoutException">Others change it all the time, or a server died while it did.</exception>
    public async Task<T> RunAsync<T>(PendingChange change, Func<Task<T>> run, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await changes.TryAddAsync(change, cancellationToken))
        {
            await WaitAsync(change.Id, started, cancellationToken);
        }

        try
        {
            return await run();
        }
        catch
        {
            await changes.TryReleaseAsync(change);
            throw;
        }
    }

    private async Task WaitAsync(ObjectId changed, long started, CancellationToken cancellationToken)
    {
        if (await changes.FindExpiredAsync(changed, 1, cancellationToken) is [var left])
        {
            await recovery.RecoverAsync(left, cancellationToken);
        }
        else if (time.GetElapsedTime(started) > Patience)
        {
            throw new TimeoutException($"{changed} is being changed by another server.");
        }
        else
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
