using System.Collections.Concurrent;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>
/// Writes messages into mailboxes, one chain of writes for each mailbox: numbers are taken, messages inserted and the
/// journal written in this order, and the next batch begins after that. IMAP sessions read the journal by "modseq greater
/// than the last seen", so a lower number that came later would never be announced. A lease keeps other servers' chains in
/// the same order.
/// </summary>
internal sealed class MailboxWriter(MailboxBatchWriter batches, MailboxLease lease) : IAsyncDisposable
{
    private const int MaxBatch = 64;
    private const long MaxBatchBytes = 24L * 1024 * 1024;

    private readonly ConcurrentDictionary<ObjectId, Chain> _chains = new();
    private readonly ConcurrentDictionary<Task, byte> _running = new();

    /// <summary>
    /// Gives the message a UID and a modseq and inserts it. <paramref name="message"/> is complete but for these two
    /// and becomes the writer's.
    /// </summary>
    /// <param name="message">The document; its <c>mailbox</c> and <c>user</c> say where it goes.</param>
    /// <param name="size">About how many bytes it has.</param>
    /// <param name="cancellationToken">
    /// Gives up waiting. What waits for its turn is not written then; a write that has begun is not undone by it.
    /// </param>
    public async Task<MailboxWriteResult> WriteAsync(BsonDocument message, long size, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new PendingWrite(message, size);
        Enqueue(message["mailbox"].AsObjectId, write);
        await using var givingUp = cancellationToken.UnsafeRegister(
            static (write, token) => ((PendingWrite)write!).Completion.TrySetCanceled(token), write);
        return await write.Completion.Task;
    }

    /// <summary>Makes another change of a mailbox in turn with the messages that are written into it.</summary>
    public Task RunAsync(ObjectId mailbox, Func<Task> action)
    {
        var pending = new PendingAction(action);
        Enqueue(mailbox, pending);
        return pending.Completion;
    }

    /// <summary>Waits for the writes that have begun.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_running.Keys);

    private void Enqueue(ObjectId mailbox, PendingWork work)
    {
        while (true)
        {
            var chain = _chains.GetOrAdd(mailbox, static _ => new Chain());
            lock (chain)
            {
                if (chain.IsClosed)
                {
                    continue;
                }

                chain.Waiting.Enqueue(work);
                if (!chain.IsRunning)
                {
                    chain.IsRunning = true;
                    Start(mailbox, chain);
                }

                return;
            }
        }
    }

    private void Start(ObjectId mailbox, Chain chain)
    {
        var run = Task.Run(() => RunAsync(mailbox, chain));
        _running[run] = 0;
        _ = run.ContinueWith(
            ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunAsync(ObjectId mailbox, Chain chain)
    {
        while (HasMore(mailbox, chain))
        {
            // What arrives while another server writes goes into the same batch.
            var held = await lease.AcquireAsync(mailbox);
            var next = TakeNext(chain);
            try
            {
                await (next switch
                {
                    [] => Task.CompletedTask,
                    [PendingAction action] => action.RunAsync(),
                    _ => batches.WriteAsync(mailbox, [.. next.Cast<PendingWrite>()]),
                });
            }
            catch (Exception exception)
            {
                next.ForEach(work => work.Fail(exception));
            }

            await held.ReleaseAsync();
        }
    }

    private bool HasMore(ObjectId mailbox, Chain chain)
    {
        lock (chain)
        {
            if (chain.Waiting.Count > 0)
            {
                return true;
            }

            chain.IsClosed = true;
            _chains.TryRemove(mailbox, out _);
            return false;
        }
    }

    // Messages that wait one behind the other, or one action; nothing where nobody waits any more.
    private static List<PendingWork> TakeNext(Chain chain)
    {
        var next = new List<PendingWork>();
        var bytes = 0L;
        lock (chain)
        {
            while (next.Count < MaxBatch && chain.Waiting.TryPeek(out var work) && (work.IsOver || Fits(work)))
            {
                chain.Waiting.Dequeue();
                if (!work.IsOver)
                {
                    next.Add(work);
                    bytes += (work as PendingWrite)?.Size ?? 0;
                }
            }
        }

        return next;

        bool Fits(PendingWork work) =>
            next.Count == 0 || (next[0] is PendingWrite && work is PendingWrite write && bytes + write.Size <= MaxBatchBytes);
    }

    private sealed class Chain
    {
        public Queue<PendingWork> Waiting { get; } = new();

        public bool IsRunning { get; set; }

        public bool IsClosed { get; set; }
    }
}
