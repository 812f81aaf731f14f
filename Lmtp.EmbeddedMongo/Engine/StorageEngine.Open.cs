using Lmtp.EmbeddedMongo.Engine.Checkpoints;
using Lmtp.EmbeddedMongo.Engine.Log;
using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <content>Opening and recovery.</content>
internal sealed partial class StorageEngine
{
    private const string LockFileName = "LOCK";

    /// <summary>Opens the database of a folder, or begins one there.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where recovery and failures are told.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CorruptDataException">A file is damaged.</exception>
    /// <exception cref="DataInUseException">Another process uses the folder.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static async Task<StorageEngine> OpenAsync(
        StorageOptions options, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        FileStream lockFile = TakeLock(options.Directory);
        try
        {
            try
            {
                return await RecoverAsync(options, useCheckpoint: true, lockFile, time, logger, cancellationToken);
            }
            catch (InvalidDataException exception)
            {
                // The log holds everything that the checkpoint does; it only takes longer to read.
                CheckpointUnusable(logger, exception);
                return await RecoverAsync(options, useCheckpoint: false, lockFile, time, logger, cancellationToken);
            }
        }
        catch
        {
            await lockFile.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an empty index.</summary>
    /// <exception cref="StorageException">Its definition cannot be used.</exception>
    internal static CollectionIndex MakeIndex(StorageOptions options, IndexDefinition definition) =>
        new(definition, definition.PartialFilter is { } filter ? options.CompileFilter(filter) : null);

    private static async Task<StorageEngine> RecoverAsync(
        StorageOptions options, bool useCheckpoint, FileStream lockFile, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        using DatabaseRecovery recovery = new(options, useCheckpoint ? CheckpointReader.Open(options.Directory) : null, logger);
        List<Segment> segments = await Task.Run(() => recovery.ReadLog(), cancellationToken);
        SegmentLog log = new(options, segments, recovery.Catalog, logger);
        LogWriter writer = new(log, new CommitLoop(log, options.JournalInterval, logger));
        try
        {
            log.Flush();
            (List<Collection> collections, uint nextNumber) = await Task.Run(
                () => (recovery.Build(writer, out uint next, cancellationToken), next), cancellationToken);
            return new StorageEngine(options, lockFile, writer, collections, nextNumber, recovery.Checkpoint, time, logger);
        }
        catch
        {
            await writer.Commits.DisposeAsync();
            log.Dispose();
            throw;
        }
    }

    // What no flush has put on disk is taken back from the files and, by reading them again, from memory: its clients are
    // told that it failed, and nobody may see it afterwards.
    private void TakeBackUnflushed()
    {
        _writer.Log.DiscardUnflushed();
        try
        {
            lock (_catalogLock)
            {
                using DatabaseRecovery recovery = new(_options, CheckpointReader.Open(_options.Directory), _logger);
                recovery.ReadLog(_writer.Log.Durable).ForEach(segment => segment.Dispose());
                List<Collection> collections = recovery.Build(_writer, out _nextNumber, CancellationToken.None);
                Publish(collections.ToDictionary(collection => collection.Namespace));
            }
        }
        catch (Exception exception) when (exception is IOException or StorageException or InvalidDataException)
        {
            TakingBackFailed(_logger, exception);
        }
    }

    private static FileStream TakeLock(string directory)
    {
        string path = Path.Combine(directory, LockFileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new DataInUseException(directory, exception);
        }
    }

    [LoggerMessage(8, LogLevel.Critical, "The database could not be read again after the failure; it may show writes that were not acknowledged")]
    private static partial void TakingBackFailed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The checkpoint cannot be used; reading the whole log instead")]
    private static partial void CheckpointUnusable(ILogger logger, Exception exception);
}
