using Lmtp.EmbeddedMongo.Engine.Checkpoints;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Engine.Maintenance;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>What goes on in the background, and verify.</content>
internal sealed partial class StorageEngine
{
    // A log that is this small beside the checkpoint is read in no time; writing the checkpoint again would cost more.
    private const int CheckpointShare = 16;

    private readonly SemaphoreSlim _maintenance = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _background;
    private Checkpoint _checkpoint;

    /// <summary>Deletes the documents that have expired.</summary>
    /// <returns>How many there were.</returns>
    public Task<long> DeleteExpiredAsync(CancellationToken cancellationToken) => Task.Run(
        () => Collections.Sum(collection => ExpiredDocuments.Delete(collection, _time.GetUtcNow(), cancellationToken)), cancellationToken);

    /// <summary>Gives back the space of segments that are mostly dead.</summary>
    /// <returns>How many files were given back.</returns>
    public Task<int> CompactAsync(CancellationToken cancellationToken) => ExclusivelyAsync(
        () =>
        {
            SegmentCompaction compaction = new(
                _writer.Log, number => Collections.FirstOrDefault(collection => collection.Number == number));
            return compaction.RunAsync(_options.CompactionThreshold, cancellationToken);
        },
        cancellationToken);

    /// <summary>Writes a checkpoint, so that the next start is quick.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) => ExclusivelyAsync(
        async () =>
        {
            long position;
            byte[] catalog;
            IReadOnlyCollection<Collection> collections;
            lock (_catalogLock)
            {
                position = _writer.Log.End;
                collections = Collections;
                catalog = CatalogEntry.Write(collections.Select(collection => collection.ToCatalogEntry()), _nextNumber);
            }

            await WaitDurableAsync(new LogPosition(position), cancellationToken);
            long size = await Task.Run(
                () => CheckpointWriter.Write(_options, position, catalog, collections, cancellationToken), cancellationToken);
            _checkpoint = new Checkpoint(position, size, _time.GetTimestamp());
            return 0;
        },
        cancellationToken);

    /// <summary>Reads all segments, documents and indexes and compares them.</summary>
    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) => ExclusivelyAsync(
        async () =>
        {
            Verification verification = new();
            foreach (Segment segment in _writer.Log.Segments.All)
            {
                await verification.CheckAsync(segment, cancellationToken);
            }

            foreach (Collection collection in Collections)
            {
                await Task.Run(() => verification.Check(collection, cancellationToken), cancellationToken);
            }

            return verification.Report;
        },
        cancellationToken);

    // Checkpoints, compaction and verification exclude each other: each relies on the segments staying.
    private async Task<T> ExclusivelyAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken)
    {
        await _maintenance.WaitAsync(cancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            _maintenance.Release();
        }
    }

    private async Task MaintainAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(_options.MaintenanceInterval, _time);
        try
        {
            // All of this writes.
            while (await timer.WaitForNextTickAsync(cancellationToken) && Failure is null)
            {
                await AttemptAsync(() => DeleteExpiredAsync(cancellationToken), "deleting expired documents");
                await AttemptAsync(() => CompactAsync(cancellationToken), "compaction");
                await AttemptAsync(() => CheckpointIfDueAsync(cancellationToken), "checkpoint");
            }
        }
        catch (OperationCanceledException)
        {
            // The engine is being closed.
        }
    }

    private async Task AttemptAsync(Func<Task> work, string name)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            MaintenanceFailed(_logger, name, exception);
        }
    }

    private Task CheckpointIfDueAsync(CancellationToken cancellationToken)
    {
        long grown = _writer.Log.End - _checkpoint.Position;
        bool isWorthIt = grown > 0 && grown >= _checkpoint.Size / CheckpointShare;
        bool isDue = grown >= _options.CheckpointBytes
            || (isWorthIt && _time.GetElapsedTime(_checkpoint.Written) >= _options.CheckpointInterval);
        return isDue ? CheckpointAsync(cancellationToken) : Task.CompletedTask;
    }

    [LoggerMessage(4, LogLevel.Error, "Background work failed and is tried again later: {Work}")]
    private static partial void MaintenanceFailed(ILogger logger, string work, Exception exception);

    /// <summary>The checkpoint on disk.</summary>
    /// <param name="Position">Its log position.</param>
    /// <param name="Size">Its size in bytes.</param>
    /// <param name="Written">When it was written, or found, as a timestamp of the clock.</param>
    private sealed record Checkpoint(long Position, long Size, long Written);
}
