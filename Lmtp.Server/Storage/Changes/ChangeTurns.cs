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
            await changes.TryReleaseAsync([change]);
            throw;
        }
    }

    /// <summary>
    /// Makes those changes of a batch that no other one of the same thing is in the way of, and leaves the rest to the caller.
    /// What has begun is brought to its end.
    /// </summary>
    /// <param name="batch">The changes, all of which are written down first.</param>
    /// <param name="run">Makes those that are handed to it; returns what became of each, in their order.</param>
    /// <param name="cancellationToken">Ends the wait for the database until they have begun.</param>
    /// <returns>What became of those that were made, by what was changed.</returns>
    public async Task<IReadOnlyDictionary<ObjectId, T>> RunAsync<TChange, T>(
        IReadOnlyList<TChange> batch, Func<IReadOnlyList<TChange>, Task<IReadOnlyList<T>>> run, CancellationToken cancellationToken)
        where TChange : PendingChange
    {
        var begun = batch.Count == 0 ? [] : await changes.TryAddAsync(batch, cancellationToken);
        if (begun.Count == 0)
        {
            return new Dictionary<ObjectId, T>();
        }

        try
        {
            var made = await run(begun);
            return begun.Zip(made).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        }
        catch
        {
            await changes.TryReleaseAsync(begun);
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
