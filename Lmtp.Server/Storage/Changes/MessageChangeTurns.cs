using MongoDB.Bson;

namespace Lmtp.Server.Storage.Changes;

/// <summary>Lets the changes of one message come one after the other, whichever servers make them.</summary>
internal sealed class MessageChangeTurns(MessageChangeStore changes, MessageChangeRecovery recovery, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes a change as soon as there is no other one of the message; what was left unfinished is completed first. A change
    /// that has begun is brought to its end, whoever goes away meanwhile.
    /// </summary>
    /// <param name="change">The change, which is written down first.</param>
    /// <param name="run">Makes it.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TimeoutException">Others change the message all the time, or a server died while it did.</exception>
    public async Task<BsonDocument?> RunAsync(
        MessageChange change, Func<Task<BsonDocument?>> run, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await changes.TryAddAsync(change, cancellationToken))
        {
            await WaitAsync(change.Message.Id, started, cancellationToken);
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

    private async Task WaitAsync(ObjectId message, long started, CancellationToken cancellationToken)
    {
        if (await changes.FindExpiredAsync(message, 1, cancellationToken) is [var left])
        {
            await recovery.RecoverAsync(left, cancellationToken);
        }
        else if (time.GetElapsedTime(started) > Patience)
        {
            throw new TimeoutException($"Message {message} is being changed by another server.");
        }
        else
        {
            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
