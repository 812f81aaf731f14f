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
    /// <exception cref="IOException">The folder is in use by another process, or cannot be read.</exception>
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
        List<Segment> segments = await Task.Run(recovery.ReadLog, cancellationToken);
        SegmentLog log = new(options, segments, recovery.Catalog);
        LogWriter writer = new(log, new CommitLoop(log, options.JournalInterval, logger));
        try
        {
            log.Flush();
            (List<Collection> collections, uint nextNumber) = await Task.Run(
                () => (recovery.Build(writer, out uint next, cancellationToken), next), cancellationToken);
            return new StorageEngine(options, lockFile, writer, collections, nextNumber, time, logger);
        }
        catch
        {
            await writer.Commits.DisposeAsync();
            log.Dispose();
            throw;
        }
    }

    private static FileStream TakeLock(string directory)
    {
        string path = Path.Combine(directory, LockFileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new IOException($"the folder {directory} is in use by another process", exception);
        }
    }

    [LoggerMessage(3, LogLevel.Warning, "The checkpoint cannot be used; reading the whole log instead")]
    private static partial void CheckpointUnusable(ILogger logger, Exception exception);
}
